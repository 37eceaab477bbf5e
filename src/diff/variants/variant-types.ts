/** Variants of one program, a session each, side by side: `heapdiff/table@1`. */
import type { Verdict } from '../types';

/**
 * Leak: the live heap keeps growing. Off-heap: what Buffers and other objects hold outside it grew. Retention: the process
 * grew, but by memory that is free. Warm-up: grew and stopped, or a little everywhere. Steady: did not grow. Unclear: what
 * was measured does not decide.
 */
export type VariantKind = 'leak' | 'off-heap' | 'retention' | 'warm-up' | 'steady' | 'unclear';

/** Bytes at the two ends of the window. */
export interface Ends {
  readonly before: number;
  readonly after: number;
}

export interface VariantVerdict extends Pick<Verdict, 'confidence' | 'summary'> {
  readonly kind: VariantKind;
}

export interface VariantFacts {
  readonly label: string;
  /** The session's folder, or the later of two snapshots. */
  readonly name: string;
  readonly nodeVersion: string | null;
  readonly runMode: string | null;
  /** The unit of work done most often, and how many of it; null when none was counted. */
  readonly work: { readonly unit: string; readonly count: number } | null;
  /** Without what the capture itself left behind; null without a record. */
  readonly rss: Ends | null;
  readonly liveHeap: Ends;
  /** Memory outside the heap that objects hold, that of Buffers among it; null without a record. */
  readonly external: Ends | null;
  /** Of the live heap, bytes per 1,000 units of work; null when none was counted. */
  readonly growthPer1000: number | null;
  readonly verdict: VariantVerdict;
}

export interface VariantsReport {
  readonly schema: 'heapdiff/table@1';
  readonly variants: readonly VariantFacts[];
  readonly notes: readonly string[];
}
