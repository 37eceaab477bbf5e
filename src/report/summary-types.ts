/** One heap in numbers, as `heapdiff summary --json` prints it (`heapdiff/summary@1`, contract 3). */
import type { Place } from '../diff/types';

export interface ClassSummary {
  readonly name: string;
  readonly count: number;
  /** Bytes. */
  readonly shallowSize: number;
  readonly retainedSize: number;
  /** Smallest distance from the roots. */
  readonly distance: number;
}

export interface SiteClassSummary extends ClassSummary {
  /** The function of a closure or context; null for other classes. */
  readonly function: string | null;
  readonly location: Place | null;
  /** The row of `devtoolsClasses` that this one is part of. */
  readonly devtoolsName: string;
  /** V8's own bookkeeping: hidden in tables unless asked for. */
  readonly internal: boolean;
}

export interface InspectedNode {
  readonly id: number;
  readonly ordinal: number;
  readonly type: string;
  readonly name: string;
  readonly shallowSize: number;
  readonly retainedSize: number;
  readonly distance: number;
}

export interface HeapSummary {
  readonly schema: 'heapdiff/summary@1';
  readonly file: string;
  readonly nodeVersion: string | null;
  readonly nodes: number;
  readonly edges: number;
  readonly totalBytes: number;
  /** All classes, by retainedSize. */
  readonly classes: readonly SiteClassSummary[];
  /** Grouped exactly as DevTools' summary view groups, by retainedSize. */
  readonly devtoolsClasses: readonly ClassSummary[];
  /** One per node asked for, in that order. */
  readonly inspected: readonly InspectedNode[];
}
