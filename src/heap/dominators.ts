/**
 * Dominator tree and retained sizes.
 *
 * Semi-NCA: Loukas Georgiadis, "Linear-Time Algorithms for Dominators and Related Problems", PhD thesis, Princeton
 * University, 2005, section 2.3; path compression as in Lengauer and Tarjan, "A Fast Algorithm for Finding Dominators
 * in a Flowgraph", TOPLAS 1(1), 1979, doi:10.1145/357062.357071. Dominators of a graph are unique, so the result
 * equals DevTools' (which uses Lengauer-Tarjan) node by node.
 */
import type { DepthFirstSearch } from './depth-first';
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

/** Builds the dominator tree out of the search that is used up by it. Columns change hands from step to step. */
export function buildDominatorTree(graph: Graph, search: DepthFirstSearch): DominatorTree {
  const { scratch } = graph;
  const predecessors = collectPredecessors(graph, search);
  const idom = findImmediateDominators(graph, search, predecessors);
  scratch.giveBack(search.lowest, search.fromLarger);
  scratch.giveBackPiece(predecessors.number);
  return layOutInPreorder(graph, search, idom);
}

/** Bytes kept alive by each node, by ordinal: its own shallow size and that of everything it dominates. */
export function sumRetainedSizes(graph: Graph, { at, dominator }: DominatorTree): UintColumn {
  const { loops, scratch, memory, nodeCount } = graph;
  const sizes = graph.nodes.selfSize;
  // Children come after their parent in preorder, so backwards every subtree is complete when it is added.
  if (sizes instanceof Uint32Array) {
    const retained = scratch.take();
    retained.set(sizes);
    const overflow = memory.u32(1);
    loops.sumRetained(at, dominator, retained, overflow, nodeCount - 1, 0);
    if (overflow[0] === 0) return retained;
    scratch.giveBack(retained);
  }
  const retained = memory.f64(nodeCount);
  retained.set(sizes);
  for (let position = nodeCount - 1; position > 0; position--) {
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
  const { loops, scratch, edges, nodeCount } = graph;
  const { numberOf, fromLarger, reached, backward } = search;
  // Counts become the rows' ends; filling backwards turns them into the rows' starts.
  const rows = fromLarger;
  loops.sumRows(rows, 1, reached);
  const count = rows[reached - 1]!;
  const predecessors = scratch.takePiece(count);
  loops.collectPredecessors(edges.first, edges.to, backward.words, numberOf, rows, predecessors, 0, nodeCount);
  return { first: rows, number: predecessors, count };
}

/** Immediate dominators by number. */
function findImmediateDominators(graph: Graph, search: DepthFirstSearch, predecessors: Predecessors): Uint32Array {
  const { loops, scratch } = graph;
  const { lowest: semi, reached, backSteps } = search;
  const ancestor = search.numberOf; // nobody asks for numbers any more
  ancestor.fill(0, reached); // the root stays everybody's whom it does not reach
  ancestor[0] = 0;
  backSteps.readParents(graph, ancestor, reached);
  /**
   * Smallest semidominator on the compressed path above a vertex, itself included. It is asked for once the vertex's
   * predecessors were looked at: it takes the place of their row.
   */
  const low = predecessors.first;
  low[0] = predecessors.count; // the end of the last row
  const path = scratch.takeStack();
  loops.findSemidominators(semi, low, predecessors.number, ancestor, path, reached - 1, 0);
  scratch.giveBackStack(path);
  const idom = ancestor; // the forest is done
  backSteps.readParents(graph, idom, reached);
  loops.findDominators(semi, idom, 1, reached);
  return idom;
}

function layOutInPreorder({ loops, scratch, nodeCount }: Graph, { vertex }: DepthFirstSearch, idom: Uint32Array) {
  const subtree = scratch.take().fill(1);
  loops.sumSubtrees(idom, subtree, nodeCount - 1, 0);
  const at = scratch.take();
  const size = scratch.take();
  const position = scratch.take();
  /**
   * Where the next child of each vertex goes, by number: written over its subtree, which nobody asks for again. A
   * dominator's number is smaller than its children's.
   */
  const next = subtree;
  loops.placeVertices(vertex, idom, next, at, size, position, 0, nodeCount);
  const dominator = next; // all have their place
  loops.nameDominators(vertex, idom, dominator, 0, nodeCount);
  scratch.giveBack(vertex, idom);
  return { at, size, position, dominator };
}
