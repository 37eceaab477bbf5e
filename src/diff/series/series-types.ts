/** Several captures of one program in order: what was given, and what is said more than of two. */
import type { SessionEnd, SessionRecord } from '../../session';

export interface SeriesInputs {
  /** Three at the least, in order. */
  readonly captures: readonly SeriesCapture[];
  /** Sampling profiles of the windows among them. */
  readonly profiles: readonly string[];
}

export interface SeriesCapture {
  /** Path of the snapshot; `-` is standard input. */
  readonly file: string;
  /** The session it is from, and its end of that session's window; null for bare snapshots. */
  readonly session: { readonly record: SessionRecord; readonly end: SessionEnd } | null;
}

/** One capture of a series in a report. */
export interface CaptureFacts {
  readonly file: string;
  readonly nodes: number;
  readonly edges: number;
  readonly totalBytes: number;
  /** Units of work done since the process began; null when unknown, or when captures are of several processes. */
  readonly units: number | null;
}

/**
 * Rising: grew in every step. Levelled: grew, and hardly any more in the last step. Emptied: fell in between.
 * Uneven: grew in some steps only, the last among them. Steady: did not grow.
 */
export type StepTrendKind = 'rising' | 'levelled' | 'emptied' | 'uneven' | 'steady';

export interface StepTrend {
  readonly kind: StepTrendKind;
  /** Objects at each capture. */
  readonly counts: readonly number[];
  /** Bytes they kept alive at each capture. */
  readonly bytes: readonly number[];
  /**
   * Objects of the last capture by the capture that saw them first: what was allocated between the first two and is
   * still there is `survivors[1]`. Null when ids are not comparable.
   */
  readonly survivors: readonly number[] | null;
}
