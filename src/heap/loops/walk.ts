import type { BitVector } from '../bit-vector';
import type { Edges } from '../edges';

/**
 * A depth-first search under way, as the loop sees it that goes down from a node. Numbers are dense, 0 is the root; columns
 * are by number unless they say otherwise.
 */
export interface Walk {
  readonly edges: Edges;
  /** {@link LabelKind}, by label. */
  readonly kinds: Uint8Array;
  /** By ordinal. */
  readonly numberOf: Uint32Array;
  /** Ordinal of each number. */
  readonly vertex: Uint32Array;
  /** How the search went on from one number to the next: see `back-steps.ts`. */
  readonly backSteps: BackStepNotes;
  /** The smallest predecessor that is smaller than the number itself: the parent or one of its ancestors. */
  readonly lowest: Uint32Array;
  /** How many edges come in from larger numbers. */
  readonly fromLarger: Uint32Array;
  /** One bit per edge: it is one of those. */
  readonly backward: BitVector;
  /**
   * One bit per edge, by DevTools' `computeIsEssentialEdge`: no weak edges, no self edges, no edge from a WeakMap's
   * table to a value (the one from the key stays), no shortcuts but the root's, and none from outside the page into
   * the page, so that a debugger's references don't count.
   */
  readonly essential: BitVector;
  /** Numbers of the nodes on the way to the current one, and the next edge to try of each. */
  readonly way: Uint32Array;
  readonly cursors: Uint32Array;
  /** Nodes below this number are the page's, but for the root. All are, while the page is searched. */
  readonly ownedEnd: number;
  readonly isRootOwned: boolean;
  /** What else the page owns; null for nothing. */
  readonly alsoOwned: BitVector | null;
  /** Whether an edge whose label needs a look keeps nothing alive. Notes what the page reaches by it. */
  leavesOut(node: number, edge: number, isForeign: boolean): boolean;
  /** How many nodes have a number. */
  count: number;
  /** Edges from the root to the node numbered last, in the tree that is searched. */
  depth: number;
}

export interface BackStepNotes {
  /** Levels, by number, up to what a byte holds. */
  readonly levels: Uint8Array;
  /** Those that a byte cannot hold, in the order of numbers. */
  readonly long: number[];
  /** Notes the levels between node `number` and the node numbered before it; in the order of numbers. */
  note(number: number, levels: number): void;
}
