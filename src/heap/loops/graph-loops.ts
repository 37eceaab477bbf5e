/**
 * The loops over all nodes or edges that take longest. Columns are named where they are made (`depth-first.ts`,
 * `dominators.ts`); a loop over `from` to `end` leaves `end` out, one that runs down begins at `from`.
 */

import type { Edges } from '../edges';
import type { NodeSizes } from '../types';
import type { ChildLoops } from './child-loops';
import type { ClassLoops } from './class-loops';
import type { RetainerLoops } from './retainer-loops';
import type { Walk } from './walk';

type U32 = Uint32Array;

export interface GraphLoops extends ClassLoops, ChildLoops, RetainerLoops {
  /**
   * Divides values in place: they are shifted right and multiplied by the inverse of the `odd` part of the divisor. The
   * first index whose value is no multiple, or whose quotient is not below `limit`, is left in `wrong`, a number that was
   * 2^32 - 1; values from there on are not divided.
   */
  divideExactly(
    ...args: [
      values: U32,
      shift: number,
      odd: number,
      inverse: number,
      limit: number,
      wrong: U32,
      from: number,
      end: number,
    ]
  ): void;
  /** What numbers all that is below a node, the one numbered last: a child of the root's in the tree that is searched. */
  walker(search: Walk): (start: number) => void;
  /**
   * Parents of a preorder out of the levels back up: `long` are those that a byte cannot hold, `path` is a stack.
   * Begins at number 1.
   */
  readParents(levels: Uint8Array, long: U32, path: U32, parents: U32, from: number, end: number): void;
  /**
   * Counts become the ends of rows, or, from `least` on, {@link FIRST_CROWD} and the number of a crowd, whose count goes
   * to `crowds`. `totals`, two numbers, go on with the sum of the rows and how many crowds there are.
   */
  sumRows(rows: U32, least: number, crowds: U32, totals: U32, from: number, end: number): void;
  /**
   * Fills rows backwards, and crowds forwards, with the predecessors along marked edges of the vertices `from` to `end`: in
   * the order of the search, in which most edges lead to what was met a moment before.
   */
  collectPredecessors(
    ...columns: [
      edges: Edges,
      marked: U32,
      vertex: U32,
      numberOf: U32,
      rows: U32,
      predecessors: U32,
      crowdEnds: U32,
      lastOfCrowd: U32,
      crowdBytes: Uint8Array,
      from: number,
      end: number,
    ]
  ): void;
  /**
   * Semidominators of the vertices `from` down to `end` + 1. `low` holds the beginnings of their rows of predecessors,
   * or numbers of crowds, and at 0, which is nobody's, the end of the first of these rows; `path` is a stack.
   */
  findSemidominators(
    ...columns: [
      semi: U32,
      low: U32,
      predecessors: U32,
      crowdStarts: U32,
      crowdEnds: U32,
      crowdBytes: Uint8Array,
      ancestor: U32,
      path: U32,
      from: number,
      end: number,
    ]
  ): void;
  /** Parents become immediate dominators. */
  findDominators(semi: U32, idom: U32, from: number, end: number): void;
  /** Adds up the subtrees of the vertices `from` down to `end` + 1. */
  sumSubtrees(idom: U32, subtree: U32, from: number, end: number): void;
  /**
   * Dominators, by vertex, become the vertices' places in preorder; `size` gets the subtrees, by place, which `next` held
   * by vertex and is written over.
   */
  placeVertices(idom: U32, next: U32, size: U32, from: number, end: number): void;
  /** Nodes by their place. */
  layOut(vertex: U32, placeOf: U32, at: U32, from: number, end: number): void;
  /** Places by node. */
  locate(at: U32, position: U32, from: number, end: number): void;
  /**
   * Lists, for each {@link PARENT_BLOCK} positions from 0 on, the parents of theirs that lie before them, each once;
   * `ends` tells where each block's list ends. `path` is a stack.
   */
  listParents(size: U32, path: U32, parents: U32, ends: U32, from: number, end: number): void;
  /**
   * Marks the positions whose subtree is more than themselves, a bit each, and moves their sizes to the front; `before`
   * tells of each word how many come before it. `total`, a number, goes on.
   */
  gatherInner(size: U32, inner: U32, before: U32, total: U32, from: number, end: number): void;
  /**
   * Adds shallow sizes, by ordinal, up over all positions from 0 on, for those that are `inner`. `open` and `ends` are
   * stacks; `overflow`, a number, becomes 1 where a size comes to 2^32.
   */
  sumRetained(
    ...columns: [
      at: U32,
      inner: U32,
      before: U32,
      size: U32,
      sizes: NodeSizes,
      retained: U32,
      open: U32,
      ends: U32,
      overflow: U32,
      from: number,
      end: number,
    ]
  ): void;
  /**
   * Marks the nodes that another one can own, a bit each; all others own themselves. `kinds` is by type of node:
   * {@link OwnableKind}; `named` has a bit per string, `names` of them.
   */
  markOwnable(
    ...args: [
      type: Uint8Array,
      name: U32,
      kinds: Uint8Array,
      named: U32,
      names: number,
      owners: U32,
      ownable: U32,
      from: number,
      end: number,
    ]
  ): void;
  /**
   * Follows the edges of the nodes `from` to `end` that are not `ownable` (a bit per node), and those of all that they
   * own. `isWeak` is by label; `worklist` has room for twice the nodes.
   */
  findOwned(
    ...columns: [edges: Edges, isWeak: Uint8Array, ownable: U32, owners: U32, worklist: U32, from: number, end: number]
  ): void;
  /**
   * Moves sizes to owners that are neither the root nor of the synthetic type. The first node whose owner's size finds no
   * room in the table of sizes is left in `stop`, a number that was 2^32 - 1; sizes from there on are not moved.
   */
  moveSizes(
    ...args: [
      type: Uint8Array,
      root: number,
      synthetic: number,
      owners: U32,
      sizes: NodeSizes,
      stop: U32,
      from: number,
      end: number,
    ]
  ): void;
  /**
   * Sets the bits of odd ids below `nearEnd`, halved, and lists the nodes of all others (`far`) and of the ids that are
   * sampled. `counts`, two numbers, are of the two lists.
   */
  markIds(
    ...args: [
      ids: U32,
      near: U32,
      nearEnd: number,
      mask: number,
      far: U32,
      sample: U32,
      counts: U32,
      from: number,
      end: number,
    ]
  ): void;
}
