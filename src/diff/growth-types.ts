/** The parts that comparisons and close looks at a suspect are made of. */
import type { StepTrend } from './series/series-types';

/** A place in the source; 1-based. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

export interface ConstructorGrowth {
  /** As DevTools names the class. */
  readonly name: string;
  /** The function of a closure or context. */
  readonly function: string | null;
  readonly location: Place | null;
  readonly countBefore: number;
  readonly countAfter: number;
  readonly countDelta: number;
  /** Objects that are new, and that are gone; null when ids are not comparable. */
  readonly addedCount: number | null;
  readonly removedCount: number | null;
  readonly shallowDelta: number;
  readonly retainedBefore: number;
  readonly retainedAfter: number;
  readonly retainedDelta: number;
  /** V8's own bookkeeping: hidden in tables unless asked for. */
  readonly internal: boolean;
  /** Over several captures. */
  readonly trend?: StepTrend;
}

export type SiteSource = 'sampled' | 'traced';

export interface PathStep {
  /** Edge type: context, element, property, internal, hidden, shortcut. */
  readonly edge: string;
  readonly name: string;
  readonly constructor: string;
  /** The steps of a chain are shown once, with how many times they follow each other. */
  readonly repeats?: number;
}
