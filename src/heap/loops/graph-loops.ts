/**
 * The loops over all nodes or edges that take longest. Columns are named where they are made (`depth-first.ts`,
 * `dominators.ts`); a loop over `from` to `end` leaves `end` out, one that runs down begins at `from`.
 */
import type { Walk } from '../depth-first';

type U32 = Uint32Array;

export interface GraphLoops {
  /** What numbers all that is below a node, the one numbered last: a child of the root's in the tree that is searched. */
  walker(search: Walk): (start: number) => void;
  /**
   * Parents of a preorder out of the levels back up: `long` are those that a byte cannot hold, `path` is a stack.
   * Begins at number 1.
   */
  readParents(levels: Uint8Array, long: U32, path: U32, parents: U32, from: number, end: number): void;
  /** Counts become the ends of rows. Begins at number 1. */
  sumRows(rows: U32, from: number, end: number): void;
  /** Fills rows backwards with the predecessors along marked edges of the nodes `from` to `end`. */
  collectPredecessors(
    ...columns: [
      first: U32,
      to: U32,
      marked: U32,
      numberOf: U32,
      rows: U32,
      predecessors: U32,
      from: number,
      end: number,
    ]
  ): void;
  /**
   * Semidominators of the vertices `from` down to `end` + 1. `low` holds the beginnings of their rows of predecessors,
   * and at 0, which is nobody's, the end of the first of these rows; `path` is a stack.
   */
  findSemidominators(
    ...columns: [semi: U32, low: U32, predecessors: U32, ancestor: U32, path: U32, from: number, end: number]
  ): void;
  /** Parents become immediate dominators. */
  findDominators(semi: U32, idom: U32, from: number, end: number): void;
  /** Adds up the subtrees of the vertices `from` down to `end` + 1. */
  sumSubtrees(idom: U32, subtree: U32, from: number, end: number): void;
  /** Lays vertices out in preorder. `next`, which held their subtrees, is written over. */
  placeVertices(
    ...columns: [vertex: U32, idom: U32, next: U32, at: U32, size: U32, position: U32, from: number, end: number]
  ): void;
  /** Dominators by ordinal. */
  nameDominators(vertex: U32, idom: U32, dominator: U32, from: number, end: number): void;
  /** Adds up retained sizes from position `from` down to `end` + 1. */
  sumRetained(at: U32, dominator: U32, retained: U32, from: number, end: number): void;
  /**
   * Follows the edges of the nodes `from` to `end` that are not `ownable` (a bit per node), and those of all that they
   * own. `isWeak` is by label; `worklist` has room for twice the nodes.
   */
  findOwned(
    ...columns: [
      first: U32,
      to: U32,
      label: Uint16Array,
      isWeak: Uint8Array,
      ownable: U32,
      owners: U32,
      worklist: U32,
      from: number,
      end: number,
    ]
  ): void;
}
