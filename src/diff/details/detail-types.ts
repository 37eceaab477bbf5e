/** One suspect looked at closely: an optional member of a comparison, made when it is asked for. Plain data. */
import type { ConstructorGrowth, PathStep, SiteSource } from '../growth-types';

export interface SuspectDetails {
  readonly rank: number;
  readonly members: MemberStats;
  /** From the root to one of the members, every step of it, V8's own too; chains once, with their length. */
  readonly path: readonly DetailStep[];
  /** What the members and all they keep alive consist of, by bytes. */
  readonly composition: readonly ClassShare[];
  /** Stacks that allocated the members, largest first. */
  readonly stacks: readonly SuspectStack[];
  /** A few members: of middling size, the largest, the smallest. */
  readonly examples: readonly ValueShape[];
}

export interface MemberStats {
  readonly countBefore: number;
  readonly countAfter: number;
  /** Ids tell which members are new: the figures below are of these alone. */
  readonly newOnly: boolean;
  /** Bytes that each member keeps alive by itself: of a chain's link without the links behind it. */
  readonly bytes: Distribution;
}

export interface Distribution {
  readonly total: number;
  readonly min: number;
  readonly median: number;
  readonly max: number;
}

export interface DetailStep extends PathStep {
  /** V8's id of the node the step leads to. */
  readonly id: number;
  readonly retainedSize: number;
}

export interface ClassShare {
  readonly constructor: Pick<ConstructorGrowth, 'name' | 'function' | 'location'>;
  readonly internal: boolean;
  readonly count: number;
  /** Shallow bytes: rows never say the same bytes twice. */
  readonly bytes: number;
  /** Of all bytes below the members, 0 to 1. */
  readonly share: number;
}

export interface SuspectStack {
  /** Innermost first, `function file:line:column`. */
  readonly frames: readonly string[];
  readonly bytes: number;
  readonly count: number;
  /** Of the suspect's growth, 0 to 1. */
  readonly share: number;
  readonly source: SiteSource;
}

/** An object without what it says: names and types of its properties. */
export interface ValueShape extends Value {
  readonly id: number;
  readonly shallowSize: number;
  readonly fields: readonly Field[];
  /** Properties that are not among `fields`: those of a dictionary are data, and not named unless asked for. */
  readonly hiddenFields: number;
  /** Objects in an array, by class. */
  readonly elements: readonly { readonly constructor: string; readonly count: number }[];
}

export interface Field extends Value {
  readonly name: string;
  /** A variable of the scope that a closure keeps, not a property. */
  readonly variable: boolean;
}

export interface Value {
  /** V8's type of the node: string, object, closure, number ... */
  readonly type: string;
  readonly constructor: string;
  /** Characters of a string; null for other values, and where the snapshot does not tell. */
  readonly length: number | null;
  /** The snapshot holds only the beginning of the string: `length` is a lower bound. */
  readonly isCut: boolean;
  readonly retainedSize: number;
  /** Beginning of a string, only when values were asked for. */
  readonly preview?: string;
}
