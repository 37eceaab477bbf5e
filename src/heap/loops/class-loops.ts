/** The loops that tell nodes' classes: marks, sites, names, numbers for pairs, sums. See `graph-loops.ts`. */

import type { Edges } from '../edges';
import type { NodeSizes } from '../types';

type U32 = Uint32Array;

/**
 * A table of pairs: slots (`mask` + 1 of them), members and the place of its first appearance of each pair, and how many there
 * are, one number. See `PairInterner`.
 */
export type PairTable = [slots: U32, mask: number, first: U32, second: U32, row: U32, count: U32];

export interface ClassLoops {
  /**
   * Marks nodes in up to eight columns of `words` each, that stand one behind the other, a bit each. Which of the columns,
   * a byte for all, `byType` tells, and `byName`, of the first `names` strings, as far as `nameable` of the type has it.
   */
  markNodes(
    ...args: [
      type: Uint8Array,
      name: U32,
      byType: Uint8Array,
      byName: Uint8Array,
      names: number,
      nameable: Uint8Array,
      marks: U32,
      words: number,
      from: number,
      end: number,
    ]
  ): void;
  /** Lists the names of nodes whose type is marked, each once. `seen` has a bit per name; `count`, a number, goes on. */
  listNames(
    ...args: [
      type: Uint8Array,
      name: U32,
      isMarked: Uint8Array,
      seen: U32,
      list: U32,
      count: U32,
      from: number,
      end: number,
    ]
  ): void;
  /** Lists the values of nodes that are not marked, each once. `seen` has a bit per value; `count`, a number, goes on. */
  listUnmarked(marks: U32, values: U32, seen: U32, list: U32, count: U32, from: number, end: number): void;
  /** Names of nodes' classes: by type, or by the node's own name where the type is marked. */
  nameNodes(
    ...args: [
      type: Uint8Array,
      name: U32,
      isMarked: Uint8Array,
      byType: U32,
      byName: U32,
      nameOf: U32,
      from: number,
      end: number,
    ]
  ): void;
  /** Replaces numbers by what stands for them. */
  translate(values: U32, by: U32, from: number, end: number): void;
  /** Counts and shallow sizes, by class, of the nodes whose size is not 0. */
  sumShallow(
    classOf: U32,
    sizes: NodeSizes,
    count: Float64Array,
    shallow: Float64Array,
    from: number,
    end: number,
  ): void;
  /**
   * Retained sizes, by class, of the nodes at positions `from` to `end` of the tree that have a size and no node of their
   * class above them. `openUntil` is by class: the position after the subtree of its node met last.
   */
  sumTopmost(
    ...args: [
      at: U32,
      inner: U32,
      before: U32,
      size: U32,
      classOf: U32,
      sizes: NodeSizes,
      retained: U32,
      sums: Float64Array,
      openUntil: Float64Array,
      from: number,
      end: number,
    ]
  ): void;
  /** Replaces numbers of marked nodes by what stands for them; where that is {@link NONE}, by those in `others`. */
  translateMarked(marks: U32, values: U32, by: U32, others: U32, from: number, end: number): void;
  /**
   * How many marked nodes have each value, and which is the first of them. Nodes whose value is {@link NONE} go to
   * `list`; `count`, a number, goes on.
   */
  countValues(
    ...args: [marks: U32, values: U32, counts: U32, firstOf: U32, list: U32, count: U32, from: number, end: number]
  ): void;
  /**
   * Numbers the pairs of `a` and `b` in order of appearance. The table must have room enough. `out` may be one of the two
   * columns.
   */
  internPairs(...args: [a: U32, b: U32, ...table: PairTable, out: U32, from: number, end: number]): void;
  /**
   * The same at marked places, from `base` on, with what nodes were given by their rank among those that are `ranked` in
   * place of `b`, 0 for all others; see `countBefore`. Without `out`, the table is all that is wanted.
   */
  internSited(
    ...args: [
      marks: U32,
      a: U32,
      ranked: U32,
      before: U32,
      byRank: U32,
      ...table: PairTable,
      base: number,
      out: U32 | null,
      from: number,
      end: number,
    ]
  ): void;
  /**
   * Where the first edge of each marked node leads whose label is {@link EdgeKind.wanted}, {@link NONE} for nowhere. Nodes
   * of which that cannot be told before an edge was looked at go to `list`; `count`, a number, goes on.
   */
  findTargets(
    ...args: [
      edges: Edges,
      marks: U32,
      kinds: Uint8Array,
      targets: U32,
      list: U32,
      count: U32,
      from: number,
      end: number,
    ]
  ): void;
  /** Lists the labels of marked nodes' edges, each once. `seen` has a bit per label; `count`, a number, goes on. */
  listLabels(...args: [edges: Edges, marks: U32, seen: U32, list: U32, count: U32, from: number, end: number]): void;
  /**
   * Numbers the walks along marked nodes' properties: the empty one is 0, another the number + 1 of the pair of the walk
   * before and its last property. `propertyOf` tells the property of a label, 0 for none. A walk ends before a property
   * that would make its name longer than `limit`; `lengthOf` tells by how much each does, and see `shapes.ts`. Nodes with
   * a label whose property is {@link NONE} get that for a walk.
   */
  walkProperties(
    ...args: [
      edges: Edges,
      marks: U32,
      propertyOf: U32,
      lengthOf: U32,
      limit: number,
      ...table: PairTable,
      out: U32,
      from: number,
      end: number,
    ]
  ): void;
  /** Sets the bits of ordinals below `nodeCount` whose node is of a type that is wanted. */
  markOrdinals(
    ...args: [
      ordinals: U32,
      nodeCount: number,
      type: Uint8Array,
      isWanted: Uint8Array,
      marks: U32,
      from: number,
      end: number,
    ]
  ): void;
  /** How many bits come before each word of `marks`; `total`, a number, goes on. */
  countBefore(marks: U32, before: U32, total: U32, from: number, end: number): void;
  /** Gives marked ordinals the value + 1 of their last row, by their rank among all that are marked. */
  placeByRank(
    ...args: [
      ordinals: U32,
      nodeCount: number,
      marks: U32,
      before: U32,
      values: U32,
      byRank: U32,
      from: number,
      end: number,
    ]
  ): void;
}
