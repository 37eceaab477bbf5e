/**
 * Dominator tree and retained sizes.
 *
 * Semi-NCA: Loukas Georgiadis, "Linear-Time Algorithms for Dominators and Related Problems", PhD thesis, Princeton
 * University, 2005, section 2.3; path compression as in Lengauer and Tarjan, "A Fast Algorithm for Finding Dominators
 * in a Flowgraph", TOPLAS 1(1), 1979, doi:10.1145/357062.357071. Dominators of a graph are unique, so the result
 * equals DevTools' (which uses Lengauer-Tarjan) node by node.
 */
import { allocateF64, allocateU32 } from './allocate';
import { BitVector } from './bit-vector';
import type { Graph } from './graph';
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
  const predecessors = collectPredecessors(graph, essential, search);
  const idom = findImmediateDominators(search, predecessors);
  return layOutInPreorder(search, idom);
}

/** Bytes kept alive by each node, by ordinal: its own shallow size and that of everything it dominates. */
export function sumRetainedSizes(tree: DominatorTree, selfSize: UintColumn): Float64Array {
  const { at, dominator } = tree;
  const retained = allocateF64(at.length);
  for (let ordinal = 0; ordinal < at.length; ordinal++) retained[ordinal] = selfSize[ordinal]!;
  // Children come after their parent in preorder, so backwards every subtree is complete when it is added.
  for (let position = at.length - 1; position > 0; position--) {
    const ordinal = at[position]!;
    retained[dominator[ordinal]!]! += retained[ordinal]!;
  }
  return retained;
}

/** A depth-first numbering: numbers are dense, 0 is the root, `reached` of them lie below the root or an orphan. */
interface DepthFirstSearch {
  readonly numberOf: Uint32Array;
  readonly vertex: Uint32Array;
  readonly parent: Uint32Array;
  /** As long as the others, free for the next step. */
  readonly spare: Uint32Array;
  /** Nodes numbered from here on belong to unreachable cliques: the root dominates them, their edges count for nothing. */
  readonly reached: number;
}

const UNNUMBERED = 0xffffffff;

function searchDepthFirst(graph: Graph, essential: BitVector): DepthFirstSearch {
  const { nodeCount, root, edges } = graph;
  const { first, to } = edges;
  const numberOf = new Uint32Array(nodeCount).fill(UNNUMBERED);
  const vertex = new Uint32Array(nodeCount);
  const parent = new Uint32Array(nodeCount);
  /** Next edge to try, by number. */
  const cursor = new Uint32Array(nodeCount);
  let count = 0;

  const number = (ordinal: number, parentNumber: number) => {
    numberOf[ordinal] = count;
    vertex[count] = ordinal;
    parent[count] = parentNumber;
    cursor[count] = first[ordinal]!;
    return count++;
  };
  const walk = (start: number, parentNumber: number) => {
    let current = number(start, parentNumber);
    const startNumber = current;
    for (;;) {
      const end = first[vertex[current]! + 1]!;
      let edge = cursor[current]!;
      // Find the next essential edge to a node without number.
      while (edge < end && !(essential.has(edge) && numberOf[to[edge]!] === UNNUMBERED)) edge++;
      if (edge < end) {
        cursor[current] = edge + 1;
        current = number(to[edge]!, current);
      } else if (current === startNumber) return;
      else current = parent[current]!;
    }
  };

  walk(root, 0);
  if (count < nodeCount) {
    // Nodes that nothing retains hang from the root, with all that they alone keep.
    const retained = findEssentialTargets(graph, essential);
    for (let ordinal = 0; ordinal < nodeCount; ordinal++) {
      if (numberOf[ordinal] === UNNUMBERED && !retained.has(ordinal)) walk(ordinal, 0);
    }
  }
  const reached = count;
  for (let ordinal = 0; count < nodeCount; ordinal++) {
    if (numberOf[ordinal] === UNNUMBERED) number(ordinal, 0);
  }
  return { numberOf, vertex, parent, spare: cursor, reached };
}

function findEssentialTargets(graph: Graph, essential: BitVector): BitVector {
  const targets = new BitVector(graph.nodeCount);
  for (let edge = 0; edge < graph.edgeCount; edge++) {
    if (essential.has(edge)) targets.add(graph.edges.to[edge]!);
  }
  return targets;
}

/** Predecessors by number, in compressed rows; tree edges are left out, `parent` has them. */
interface Predecessors {
  readonly first: Uint32Array;
  readonly number: Uint32Array;
}

function collectPredecessors(graph: Graph, essential: BitVector, search: DepthFirstSearch): Predecessors {
  const { numberOf, vertex, parent, reached } = search;
  const { first, to } = graph.edges;
  const rows = new Uint32Array(reached + 2);
  const eachEdge = (take: (source: number, target: number) => void) => {
    for (let source = 0; source < reached; source++) {
      const ordinal = vertex[source]!;
      for (let edge = first[ordinal]!, end = first[ordinal + 1]!; edge < end; edge++) {
        if (!essential.has(edge)) continue;
        const target = numberOf[to[edge]!]!;
        if (target !== 0 && parent[target] !== source) take(source, target);
      }
    }
  };
  // Count one row ahead, so that filling moves each row's start to where the next one begins: rows end in place.
  eachEdge((_, target) => {
    rows[target + 2]!++;
  });
  for (let number = 2; number < rows.length; number++) rows[number]! += rows[number - 1]!;
  const predecessor = new Uint32Array(rows[reached + 1]!);
  eachEdge((source, target) => {
    predecessor[rows[target + 1]!++] = source;
  });
  return { first: rows, number: predecessor };
}

/** Immediate dominators by number, in the place of parents; numbers are given up. Single letters are the papers'. */
function findImmediateDominators(search: DepthFirstSearch, predecessors: Predecessors): Uint32Array {
  const { parent, reached: n } = search;
  const { first, number } = predecessors;

  // --- algorithm begins: w runs over vertices in reverse preorder ---
  const ancestor = parent.slice();
  const semi = new Uint32Array(n);
  const label = search.numberOf;
  for (let v = 0; v < n; v++) label[v] = semi[v] = v;
  const stack = search.spare; // a path in the forest visits a vertex once

  const evaluate = (v: number, lastLinked: number) => {
    if (ancestor[v]! < lastLinked) return label[v]!;
    let height = 0;
    let u = v;
    do {
      stack[height++] = u;
      u = ancestor[u]!;
    } while (ancestor[u]! >= lastLinked);
    // Compress: from the top of the path down, point each vertex at the forest root's parent, best label kept.
    let p = u;
    while (height > 0) {
      const x = stack[--height]!;
      ancestor[x] = ancestor[p]!;
      if (semi[label[p]!]! < semi[label[x]!]!) label[x] = label[p]!;
      p = x;
    }
    return label[v]!;
  };

  for (let w = n - 1; w > 0; w--) {
    let best = parent[w]!;
    for (let i = first[w]!, end = first[w + 1]!; i < end; i++) {
      const s = semi[evaluate(number[i]!, w + 1)]!;
      if (s < best) best = s;
    }
    semi[w] = best;
  }
  const idom = parent; // below w they are final, from w on they are still parents
  for (let w = 1; w < n; w++) {
    let d = idom[w]!;
    while (d > semi[w]!) d = idom[d]!;
    idom[w] = d;
  }
  // --- algorithm ends ---
  return idom;
}

function layOutInPreorder({ vertex, numberOf, spare }: DepthFirstSearch, idom: Uint32Array): DominatorTree {
  const nodeCount = vertex.length;
  const subtree = numberOf.fill(1);
  for (let v = nodeCount - 1; v > 0; v--) subtree[idom[v]!]! += subtree[v]!;

  const at = allocateU32(nodeCount);
  const size = allocateU32(nodeCount);
  const position = allocateU32(nodeCount);
  const dominator = allocateU32(nodeCount);
  /** Where the next child of each vertex goes, by number. A dominator's number is smaller than its children's. */
  const next = spare;
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
  return { at, size, position, dominator };
}
