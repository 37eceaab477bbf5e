/**
 * Dominator tree and retained sizes.
 *
 * Semi-NCA: Loukas Georgiadis, "Linear-Time Algorithms for Dominators and Related Problems", PhD thesis, Princeton
 * University, 2005, section 2.3; path compression as in Lengauer and Tarjan, "A Fast Algorithm for Finding Dominators
 * in a Flowgraph", TOPLAS 1(1), 1979, doi:10.1145/357062.357071. Dominators of a graph are unique, so the result
 * equals DevTools' (which uses Lengauer-Tarjan) node by node.
 */
import { allocateF64 } from './allocate';
import type { ColumnPool } from './column-pool';
import type { DepthFirstSearch } from './depth-first';
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

/** Builds the dominator tree out of the search that is used up by it. Columns change hands from step to step. */
export function buildDominatorTree(graph: Graph, search: DepthFirstSearch): DominatorTree {
  const { scratch } = graph;
  const predecessors = collectPredecessors(graph, search);
  const idom = findImmediateDominators(search, predecessors);
  scratch.giveBack(search.lowest, search.fromLarger);
  scratch.giveBackPiece(predecessors.number);
  return layOutInPreorder(search, idom, scratch);
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

/** Predecessors with larger numbers, in compressed rows: row n ends where row n + 1 begins. */
interface Predecessors {
  readonly first: Uint32Array;
  readonly number: Uint32Array;
  readonly count: number;
}

function collectPredecessors(graph: Graph, search: DepthFirstSearch): Predecessors {
  const { numberOf, fromLarger, reached, backward } = search;
  const { first, to } = graph.edges;
  // Counts become the rows' ends; filling backwards turns them into the rows' starts.
  const rows = fromLarger;
  for (let number = 1; number < reached; number++) rows[number]! += rows[number - 1]!;
  const count = rows[reached - 1]!;
  const predecessor = graph.scratch.takePiece(count);
  for (let ordinal = 0; ordinal < graph.nodeCount; ordinal++) {
    for (let edge = first[ordinal]!, end = first[ordinal + 1]!; edge < end; edge++) {
      if (backward.has(edge)) predecessor[--rows[numberOf[to[edge]!]!]!] = numberOf[ordinal]!;
    }
  }
  return { first: rows, number: predecessor, count };
}

/** Immediate dominators by number. Single letters are the papers'. */
function findImmediateDominators(search: DepthFirstSearch, predecessors: Predecessors): Uint32Array {
  const { lowest: semi, reached: n } = search;
  const { first, number, count } = predecessors;
  const ancestor = search.numberOf; // nobody asks for numbers any more
  ancestor[0] = 0;
  ancestor.fill(0, n); // the root stays everybody's whom it does not reach
  search.backSteps.readParents(ancestor, n);

  // --- algorithm begins: w runs over vertices in reverse preorder ---
  /**
   * Smallest semidominator on the compressed path above a vertex, itself included. It is asked for once the vertex's
   * predecessors were looked at: it takes the place of their row.
   */
  const low = first;
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

  for (let w = n - 1, end = count; w > 0; w--) {
    let best = semi[w]!;
    const start = first[w]!;
    for (let i = start; i < end; i++) {
      const s = evaluate(number[i]!, w);
      if (s < best) best = s;
    }
    semi[w] = low[w] = best;
    end = start;
  }
  const idom = ancestor; // the forest is done
  search.backSteps.readParents(idom, n);
  for (let w = 1; w < n; w++) {
    let d = idom[w]!;
    while (d > semi[w]!) d = idom[d]!;
    idom[w] = d;
  }
  // --- algorithm ends ---
  return idom;
}

function layOutInPreorder({ vertex }: DepthFirstSearch, idom: Uint32Array, scratch: ColumnPool): DominatorTree {
  const nodeCount = vertex.length;
  const subtree = scratch.take().fill(1);
  for (let v = nodeCount - 1; v > 0; v--) subtree[idom[v]!]! += subtree[v]!;

  const at = scratch.take();
  const size = scratch.take();
  const position = scratch.take();
  /**
   * Where the next child of each vertex goes, by number: written over its subtree, which nobody asks for again. A
   * dominator's number is smaller than its children's.
   */
  const next = subtree;
  for (let v = 0, place = 0; v < nodeCount; v++) {
    const length = subtree[v]!;
    const d = idom[v]!;
    if (v > 0) {
      place = next[d]!;
      next[d] = place + length;
    }
    next[v] = place + 1;
    const ordinal = vertex[v]!;
    at[place] = ordinal;
    size[place] = length;
    position[ordinal] = place;
  }
  const dominator = next; // all have their place
  for (let v = 0; v < nodeCount; v++) dominator[vertex[v]!] = vertex[idom[v]!]!;
  scratch.giveBack(vertex, idom);
  return { at, size, position, dominator };
}
