/** The loops that list what nodes dominate directly, and by which edges. See `graph-loops.ts`. */
import type { Edges } from '../edges';
import type { NodeSizes } from '../types';
import type { PairTable } from './class-loops';

type U32 = Uint32Array;

export interface ChildLoops {
  /**
   * Lists the children in the dominator tree of the nodes in `parents`: first those that an edge of the parent's leads to,
   * each with the first such edge, then the others, with {@link NONE}. A list is full with `room` of them; `cursor` (how
   * many are listed, and where to go on: `CURSOR_LENGTH` numbers, zeros at first) tells whether that was all. `marks` has a
   * bit per node, none of them set before and after.
   */
  listChildren(
    ...args: [
      edges: Edges,
      essential: U32,
      at: U32,
      position: U32,
      inner: U32,
      before: U32,
      size: U32,
      marks: U32,
      parents: U32,
      cursor: U32,
      children: U32,
      via: U32,
      room: number,
      from: number,
      end: number,
    ]
  ): void;
  /**
   * Gives listed children the keys of their edges' labels, or `keyOfNone`. Where a label has {@link BY_FIRST_BYTE}, edges with
   * names that begin with a digit have that of indices; `firstBytes` is by string. Those that get {@link NONE} go to `open`;
   * `count`, a number, goes on.
   */
  keyChildren(
    ...args: [
      label: Uint16Array,
      keyOfLabel: U32,
      keyOfNone: number,
      keyOfIndices: number,
      firstNumbered: number,
      rare: U32,
      rareBefore: U32,
      firstBytes: Uint8Array,
      via: U32,
      keys: U32,
      open: U32,
      count: U32,
      from: number,
      end: number,
    ]
  ): void;
  /**
   * Numbers listed children by their keys and classes. Counts them and sums their sizes, by
   * number: see `SizeSums`.
   */
  groupChildren(
    ...args: [
      keys: U32,
      classOf: U32,
      position: U32,
      inner: U32,
      before: U32,
      retained: U32,
      sizes: NodeSizes,
      children: U32,
      ...table: PairTable,
      numbers: U32,
      counts: U32,
      sums: Float64Array,
      from: number,
      end: number,
    ]
  ): void;
  /** Puts items in the order of their numbers. `places` tells where the next of each goes. */
  sortByNumber(items: U32, numbers: U32, places: U32, sorted: U32, from: number, end: number): void;
}
