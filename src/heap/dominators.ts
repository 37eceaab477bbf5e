/**
 * Dominator tree and retained sizes.
 *
 * Semi-NCA: Loukas Georgiadis, "Linear-Time Algorithms for Dominators and Related Problems", PhD thesis, Princeton
 * University, 2005, section 2.3; path compression as in Lengauer and Tarjan, "A Fast Algorithm for Finding Dominators
 * in a Flowgraph", TOPLAS 1(1), 1979, doi:10.1145/357062.357071. Dominators of a graph are unique, so the result
 * equals DevTools' (which uses Lengauer-Tarjan) node by node.
 */
import { allocateF64 } from './allocate';
import { BitVector } from './bit-vector';
import { freeColumns } from './collect-garbage';
import type { ColumnPool } from './column-pool';
import type { Graph } from './graph';
import { GrowingStack } from './growing-stack';
import type { UintColumn } from './types';

/** The tree in preorder: the subtree of the node at position p is positions p to p + size[p] - 1. */
export interface DominatorTree {
  /** Node ordinal at each position; the root is at 0. */
  readonly at: Uint32Array;
  /** Nodes in the subtree at each position, itself included. */
  readonly size: Uint32Array;
  /** Position of each node, by ordinal. */
  readonly position: Uint32Array;
  /** Ordinal of each node's immediate dominator, by ordinal; the root's is the root. */
  readonly dominator: Uint32Array;
}

/** Builds the dominator tree over the essential edges. Columns change hands from step to step: they are the peak. */
export function buildDominatorTree(graph: Graph, essential: BitVector): DominatorTree {
  const search = searchDepthFirst(graph, essential);
  const idom = dominate(graph, essential, search);
  freeColumns(graph.nodeCount); // of the predecessors, as long as two or three others
  return layOutInPreorder(search, idom, graph.scratch);
}

/** A function of its own, so that nothing holds the predecessors when it has returned. */
function dominate(graph: Graph, essential: BitVector, search: DepthFirstSearch): Uint32Array {
  return findImmediateDominators(search, collectPredecessors(graph, essential, search), graph.scratch);
}

const LARGEST_U32 = 0xffffffff;

/** Bytes kept alive by each node, by ordinal: its own shallow size and that of everything it dominates. */
export function sumRetainedSizes(tree: DominatorTree, selfSize: UintColumn, scratch: ColumnPool): UintColumn {
  const { at, dominator } = tree;
  let total = 0;
  for (let ordinal = 0; ordinal < at.length; ordinal++) total += selfSize[ordinal]!;
  const retained = total > LARGEST_U32 ? allocateF64(at.length) : scratch.take();
  retained.set(selfSize);
  // Children come after their parent in preorder, so backwards every subtree is complete when it is added.
  for (let position = at.length - 1; position > 0; position--) {
    const ordinal = at[position]!;
    retained[dominator[ordinal]!]! += retained[ordinal]!;
  }
  return retained;
}

/**
 * A depth-first numbering: numbers are dense, 0 is the root. Columns are by number unless they say otherwise, and each
 * one is written over by the step that needs it last.
 */
interface DepthFirstSearch {
  /** By ordinal. */
  readonly numberOf: Uint32Array;
  /** Ordinal of each number. */
  readonly vertex: Uint32Array;
  readonly parent: Uint32Array;
  /** The smallest predecessor that is smaller than the number itself: the parent or one of its ancestors. */
  readonly lowest: Uint32Array;
  /** How many edges come in from larger numbers. */
  readonly fromLarger: Uint32Array;
  /** Nodes numbered from here on belong to unreachable cliques: the root dominates them, their edges count for nothing. */
  readonly reached: number;
}

const UNNUMBERED = 0xffffffff;

function searchDepthFirst(graph: Graph, essential: BitVector): DepthFirstSearch {
  const { nodeCount, root, edges, scratch } = graph;
  const { first, to } = edges;
  const numberOf = scratch.take().fill(UNNUMBERED);
  const vertex = scratch.take();
  const parent = scratch.take();
  const lowest = scratch.take();
  const fromLarger = scratch.take();
  /** Next edge to try, of each node on the way to the current one. */
  const cursors = new GrowingStack();
  const number = (ordinal: number, parentNumber: number, next: number) => {
    numberOf[ordinal] = next;
    vertex[next] = ordinal;
    parent[next] = parentNumber;
    lowest[next] = parentNumber;
    fromLarger[next] = 0;
    cursors.push(first[ordinal]!);
  };
  /** Numbers from `from` on all that is below `start`, and returns the next free number. */
  const walk = (start: number, from: number): number => {
    number(start, 0, from);
    let count = from + 1;
    for (let current = from; ; ) {
      const end = first[vertex[current]! + 1]!;
      let edge = cursors.pop();
      // Find the next essential edge to a node without number. Each edge is met once, so edges are sorted on the way.
      for (; edge < end; edge++) {
        if (!essential.has(edge)) continue;
        const target = numberOf[to[edge]!]!;
        if (target === UNNUMBERED) break;
        if (target < current) fromLarger[target]!++;
        else if (current < lowest[target]!) lowest[target] = current;
      }
      if (edge < end) {
        cursors.push(edge + 1);
        number(to[edge]!, current, count);
        current = count++;
      } else if (current === from) return count;
      else current = parent[current]!;
    }
  };

  let count = walk(root, 0);
  if (count < nodeCount) {
    // Nodes that nothing retains hang from the root, with all that they alone keep.
    const retained = findEssentialTargets(graph, essential);
    for (let ordinal = 0; ordinal < nodeCount; ordinal++) {
      if (numberOf[ordinal] === UNNUMBERED && !retained.has(ordinal)) count = walk(ordinal, count);
    }
  }
  const reached = count;
  for (let ordinal = 0; count < nodeCount; ordinal++) {
    if (numberOf[ordinal] === UNNUMBERED) {
      number(ordinal, 0, count++);
      cursors.pop();
    }
  }
  return { numberOf, vertex, parent, lowest, fromLarger, reached };
}

function findEssentialTargets(graph: Graph, essential: BitVector): BitVector {
  const targets = new BitVector(graph.nodeCount);
  for (let edge = 0; edge < graph.edgeCount; edge++) {
    if (essential.has(edge)) targets.add(graph.edges.to[edge]!);
  }
  return targets;
}

/** Predecessors with larger numbers, in compressed rows: row n ends where row n + 1 begins. */
interface Predecessors {
  readonly first: Uint32Array;
  readonly number: Uint32Array;
}

function collectPredecessors(graph: Graph, essential: BitVector, search: DepthFirstSearch): Predecessors {
  const { numberOf, fromLarger, reached } = search;
  const { first, to } = graph.edges;
  // Counts become the rows' ends; filling backwards turns them into the rows' starts.
  const rows = fromLarger;
  for (let number = 1; number < reached; number++) rows[number]! += rows[number - 1]!;
  const predecessor = new Uint32Array(rows[reached - 1]!);
  for (let ordinal = 0; ordinal < graph.nodeCount; ordinal++) {
    const source = numberOf[ordinal]!;
    if (source >= reached) continue;
    for (let edge = first[ordinal]!, end = first[ordinal + 1]!; edge < end; edge++) {
      const target = numberOf[to[edge]!]!;
      if (target < source && essential.has(edge)) predecessor[--rows[target]!] = source;
    }
  }
  return { first: rows, number: predecessor };
}

/** Immediate dominators by number, in the place of parents. Single letters are the papers'. */
function findImmediateDominators(
  search: DepthFirstSearch,
  predecessors: Predecessors,
  scratch: ColumnPool,
): Uint32Array {
  const { parent, lowest: semi, reached: n } = search;
  const { first, number } = predecessors;

  // --- algorithm begins: w runs over vertices in reverse preorder ---
  const ancestor = scratch.take();
  ancestor.set(parent);
  /** Smallest semidominator on the compressed path above a vertex, itself included. */
  const low = search.numberOf;
  const path = new GrowingStack();

  /** v is larger than w, and the forest holds all that is larger than w. */
  const evaluate = (v: number, w: number) => {
    if (ancestor[v]! <= w) return low[v]!;
    let u = v;
    do {
      path.push(u);
      u = ancestor[u]!;
    } while (ancestor[u]! > w);
    // Compress: from the top of the path down, point each vertex at the forest root's parent, smallest value kept.
    const top = ancestor[u]!;
    let best = low[u]!;
    while (path.height > 0) {
      const x = path.pop();
      ancestor[x] = top;
      if (best < low[x]!) low[x] = best;
      else best = low[x]!;
    }
    return best;
  };

  for (let w = n - 1, end = number.length; w > 0; w--) {
    let best = semi[w]!;
    const start = first[w]!;
    for (let i = start; i < end; i++) {
      const s = evaluate(number[i]!, w);
      if (s < best) best = s;
    }
    semi[w] = low[w] = best;
    end = start;
  }
  const idom = parent; // below w they are final, from w on they are still parents
  for (let w = 1; w < n; w++) {
    let d = idom[w]!;
    while (d > semi[w]!) d = idom[d]!;
    idom[w] = d;
  }
  // --- algorithm ends ---
  scratch.giveBack(ancestor, semi, first);
  return idom;
}

function layOutInPreorder(
  { vertex, numberOf }: DepthFirstSearch,
  idom: Uint32Array,
  scratch: ColumnPool,
): DominatorTree {
  const nodeCount = vertex.length;
  const subtree = numberOf.fill(1);
  for (let v = nodeCount - 1; v > 0; v--) subtree[idom[v]!]! += subtree[v]!;

  const at = scratch.take();
  const size = scratch.take();
  const position = scratch.take();
  const dominator = scratch.take();
  /** Where the next child of each vertex goes, by number. A dominator's number is smaller than its children's. */
  const next = scratch.take();
  for (let v = 0, place = 0; v < nodeCount; v++) {
    if (v > 0) {
      const d = idom[v]!;
      place = next[d]!;
      next[d] = place + subtree[v]!;
    }
    next[v] = place + 1;
    const ordinal = vertex[v]!;
    at[place] = ordinal;
    size[place] = subtree[v]!;
    position[ordinal] = place;
    dominator[ordinal] = vertex[idom[v]!]!;
  }
  scratch.giveBack(vertex, numberOf, next, idom);
  return { at, size, position, dominator };
}
