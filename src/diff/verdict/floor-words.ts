/** What the floor says of a suspect: whether it shows late what that brought, if it grows steadily. */
import type { Trend } from '../trend';
import { LEAK_BYTES, type Subject } from './evidence';

/** Half of what grows steadily comes in the second half of the work. The floor must show half of that. */
export const LATE_SHARE = 0.25;
/** Where the floor shows less than this, three quarters of the late half, something else than steady growth shaped it. */
export const OWN_LATE_SHARE = 0.375;
/** Noise of a floor brings as much: less is no sign, it is what the smallest leak shows. */
const LATE_BYTES = LEAK_BYTES * OWN_LATE_SHARE;
/** A floor falls by as much over half of the work while nothing of the program's is let go: code that ran at first is flushed. */
const DRIFT_BYTES = 48 * 1024;

/** A slope over half of some ten samples may be off by twice their noise, or by what V8 flushes meanwhile. */
export const mayBeOffBy = ({ noiseBytes }: Trend) => Math.max(2 * noiseBytes, DRIFT_BYTES);

/**
 * Whether a crowd of which each unit left some may be in this floor: from one that is whole nothing was taken away, so what
 * the floor fell by is something else, as is what stood still at first.
 */
export const mayHideGrowth = (trend: Trend, inFloor: number) =>
  trend.kind === 'unknown' || trend.lateRiseBytes + mayBeOffBy(trend) > inFloor * LATE_SHARE;

/** The floor may show nothing late of what grows steadily. */
export const isMaskedBy = (lost: number, { inFloor }: Subject) => lost > inFloor * LATE_SHARE;

/** Each unit left some that are new to the heap, and the floor cannot show it. */
export const isMaskedLeak = (subject: Subject, lost: number) =>
  subject.step === 'each' && (subject.isMade || !subject.isReplaced) && isMaskedBy(lost, subject);

/** The floor shows late what this one brings if it grows steadily; where the floor rises, what came to it at all counts. */
export function growsLate({ inFloor }: Subject, { kind, riseBytes, lastRiseBytes }: Trend): boolean {
  const brought = kind === 'rising' ? Math.min(inFloor, riseBytes) : inFloor;
  return lastRiseBytes > Math.max(LATE_BYTES, brought * LATE_SHARE);
}

/** Half of what is held outside came in the second half of the work; collections let go of Buffers when they can. */
export const keepsGrowing = ({ kind, lastRiseBytes }: Trend, bytes: number) =>
  kind === 'rising' && lastRiseBytes >= bytes * LATE_SHARE;
