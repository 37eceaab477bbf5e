/**
 * Dominator tree and retained sizes.
 *
 * Semi-NCA: Loukas Georgiadis, "Linear-Time Algorithms for Dominators and Related Problems", PhD thesis, Princeton
 * University, 2005, section 2.3; path compression as in Lengauer and Tarjan, "A Fast Algorithm for Finding Dominators
 * in a Flowgraph", TOPLAS 1(1), 1979, doi:10.1145/357062.357071. Dominators of a graph are unique, so the result
 * equals DevTools' (which uses Lengauer-Tarjan) node by node.
 */
import { countBits, hasBit, rankOf } from './bit-vector';
import type { DepthFirstSearch } from './depth-first';
import type { Graph } from './graph';
import { PARENT_BLOCK } from './loops/codes';
import type { GraphLoops } from './loops/graph-loops';
import { plainLoops } from './loops/plain-loops';
import { collectPredecessors, type Predecessors } from './predecessors';
import type { UintColumn } from './types';

/**
 * The tree in preorder: what a node dominates comes right behind it. Half of the nodes and more dominate none; what is known of
 * the others, the inner ones, stands in the order of their positions, by their rank.
 */
export interface DominatorTree {
  /** Node ordinal at each position; the root is at 0. */
  readonly at: Uint32Array;
  /** Position of each node, by ordinal. */
  readonly position: Uint32Array;
  /** A bit per position: an inner node is there; and how many of them come before each word of bits. */
  readonly inner: Uint32Array;
  readonly innerBefore: Uint32Array;
  /** Nodes in the subtree of each inner node, itself included, by rank. */
  readonly size: Uint32Array;
  /**
   * Positions of parents, in lists of those that lie before a block of {@link PARENT_BLOCK} positions and have children
   * in it: the deepest comes first, and contains no more of the block than the next. Where each block's list ends.
   */
  readonly parents: Uint32Array;
  readonly parentEnds: Uint32Array;
}

/** Ordinal of a node's immediate dominator; the root's is the root. */
export function dominatorOf(tree: DominatorTree, ordinal: number): number {
  const position = tree.position[ordinal]!;
  return position === 0 ? ordinal : tree.at[parentOf(tree, position)]!;
}

/** The position behind the subtree of the node at a position. */
export function subtreeEnd({ inner, innerBefore, size }: DominatorTree, position: number): number {
  return hasBit(inner, position) ? position + size[rankOf(inner, innerBefore, position)]! : position + 1;
}

/** The last position before this one whose subtree is not over yet. A block of positions is a word of bits. */
function parentOf(tree: DominatorTree, position: number): number {
  const { inner, innerBefore, size, parents, parentEnds } = tree;
  const block = Math.floor(position / PARENT_BLOCK);
  let before = inner[block]! & ((1 << (position % PARENT_BLOCK)) - 1);
  for (let rank = innerBefore[block]! + countBits(before) - 1; before !== 0; rank--) {
    const place = 31 - Math.clz32(before);
    const at = block * PARENT_BLOCK + place;
    if (at + size[rank]! > position) return at;
    before ^= 1 << place;
  }
  let list = block === 0 ? 0 : parentEnds[block - 1]!;
  while (subtreeEnd(tree, parents[list]!) <= position) list++;
  return parents[list]!;
}

/** Builds the dominator tree out of the search that is used up by it. Columns change hands from step to step. */
export function buildDominatorTree(graph: Graph, search: DepthFirstSearch): DominatorTree {
  const { scratch, memory } = graph;
  const predecessors = collectPredecessors(graph, search);
  memory.recycle(search.backward.words);
  const idom = findImmediateDominators(graph, search, predecessors);
  memory.recycle(search.backSteps.levels);
  memory.recycle(predecessors.crowds.bytes);
  scratch.giveBackPiece(predecessors.number); // first: the last of its columns was filled in part, so it is taken last
  scratch.giveBack(search.lowest, search.fromLarger);
  return layOutInPreorder(graph, search, idom);
}

/**
 * Bytes kept alive by each inner node, by rank: its own shallow size and that of everything it dominates. Other nodes keep
 * themselves alive.
 */
export function sumRetainedSizes(graph: Graph, { at, inner, innerBefore, size }: DominatorTree): UintColumn {
  const { nodes, loops, scratch, memory, nodeCount } = graph;
  const sum = (sumRetained: GraphLoops['sumRetained'], retained: UintColumn) => {
    const [open, ends] = [scratch.takeStack(), scratch.takeStack()];
    const overflow = memory.u32(1);
    const columns = [at, inner, innerBefore, size, nodes.sizes, retained as Uint32Array] as const;
    sumRetained(...columns, open, ends, overflow, 0, nodeCount);
    scratch.giveBackStack(open, ends);
    return overflow[0] === 0;
  };
  const narrow = takeInner(graph, size.length);
  if (sum(loops.sumRetained, narrow)) return narrow;
  memory.recycle(narrow);
  const retained = memory.f64(size.length);
  sum(plainLoops.sumRetained, retained); // which takes doubles as well
  return retained;
}

/** A column by rank: where those of the tree left room, or a column of all nodes. */
function takeInner({ scratch, memory, nodeCount }: Graph, count: number): Uint32Array {
  return count * 2 <= nodeCount ? memory.u32(count) : scratch.take().subarray(0, count);
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
  const { rows: low, number, count, crowds } = predecessors;
  low[0] = count; // the end of the last row
  const path = scratch.takeStack();
  const columns = [semi, low, number, crowds.starts, crowds.ends, crowds.bytes, ancestor, path] as const;
  loops.findSemidominators(...columns, reached - 1, 0);
  scratch.giveBackStack(path);
  const idom = ancestor; // the forest is done
  backSteps.readParents(graph, idom, reached);
  loops.findDominators(semi, idom, 1, reached);
  return idom;
}

function layOutInPreorder(graph: Graph, { vertex }: DepthFirstSearch, idom: Uint32Array): DominatorTree {
  const { loops, scratch, nodeCount } = graph;
  const subtree = scratch.take().fill(1);
  loops.sumSubtrees(idom, subtree, nodeCount - 1, 0);
  /**
   * Where the next child of each vertex goes, by number: written over its subtree, which nobody asks for again. A
   * dominator's number is smaller than its children's, so each has its place before they ask.
   */
  const next = subtree;
  const placeOf = idom;
  const size = scratch.take();
  loops.placeVertices(idom, next, size, 0, nodeCount);
  const at = next;
  loops.layOut(vertex, placeOf, at, 0, nodeCount);
  const position = vertex;
  loops.locate(at, position, 0, nodeCount);
  scratch.giveBack(placeOf);
  const parents = listParents(graph, size);
  return { at, position, ...parents, ...gatherInner(graph, size) };
}

function listParents({ loops, scratch, memory, nodeCount }: Graph, size: Uint32Array) {
  const [path, list] = [scratch.takeStack(), scratch.takeStack()];
  const parentEnds = memory.u32(Math.ceil(nodeCount / PARENT_BLOCK));
  loops.listParents(size, path, list, parentEnds, 0, nodeCount);
  const parents = memory.u32(parentEnds.at(-1)!);
  parents.set(list.subarray(0, parents.length));
  scratch.giveBackStack(path, list);
  return { parents, parentEnds };
}

/** What the inner nodes leave free of the column goes back. */
function gatherInner({ loops, memory, nodeCount }: Graph, size: Uint32Array) {
  const inner = memory.u32((nodeCount + 31) >>> 5);
  const innerBefore = memory.u32(inner.length);
  const total = memory.u32(1);
  loops.gatherInner(size, inner, innerBefore, total, 0, nodeCount);
  const count = total[0]!;
  memory.recycle(size.subarray(count));
  return { inner, innerBefore, size: size.subarray(0, count) };
}
