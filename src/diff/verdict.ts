/** The sentence on top: a leak, growth that may be none, nothing, or nothing in this heap. */
import { formatCount } from '../format-numbers';
import type { SessionRecord } from '../session';
import type { OffHeapGrowth } from './off-heap';
import type { Trend } from './trend';
import type { Suspect, UnitGrowth, Verdict } from './types';
import { unitsInWindow } from './window';

export interface Evidence {
  readonly totalBytes: number;
  readonly suspects: readonly Suspect[];
  readonly trend: Trend;
  readonly offHeap: OffHeapGrowth;
  readonly record: SessionRecord | null;
}

/** Growth below this is what any running program shows between two snapshots: warm code alone brings 60-180 KB. */
const NOISE_BYTES = 256 * 1024;
/** A suspect smaller than this may be anything; a larger one that keeps growing is a leak. */
const LEAK_BYTES = 192 * 1024;
/** The same for a crowd that grew in step with the work: chance does not do that. */
const LEAK_BYTES_IN_STEP = 176 * 1024;
/**
 * Of the growth of a suspect in step with the work, what the floor must show late: half came then, but the floor has
 * noise of its own, and V8 throws away code that was not used for a while as it goes.
 */
const LATE_SHARE_IN_STEP = 0.1;
const LATE_NOISE_BYTES = 144 * 1024;
/** Most of the growth lies outside the JS heap. */
const MOSTLY_OUTSIDE = 0.75;
/** RSS breathes by this much without any cause. */
const RSS_NOISE_BYTES = 24 * 1024 * 1024;

/** Weighs the evidence: structure first, then the floor of the live heap, then the memory of the process. */
export function judgeGrowth(evidence: Evidence): Verdict {
  const { totalBytes, suspects, trend, offHeap, record } = evidence;
  const [top] = suspects;
  if (offHeap.held >= NOISE_BYTES && offHeap.held >= totalBytes * MOSTLY_OUTSIDE) return judgeHeldOutside(evidence);
  const inStep = top !== undefined && record !== null && growsInStep(top, record);
  if (top && top.growthBytes >= (inStep ? LEAK_BYTES_IN_STEP : LEAK_BYTES)) return judgeSuspect(top, trend, inStep);
  if (isOutside(evidence)) return judgeUnexplained(evidence);
  if (totalBytes < NOISE_BYTES) {
    return { kind: 'steady', confidence: trend.kind === 'unknown' ? 'medium' : 'high', summary: STEADY };
  }
  return { kind: 'growth', confidence: 'medium', summary: SCATTERED };
}

function judgeSuspect(top: Suspect, trend: Trend, inStep: boolean): Verdict {
  if (trend.kind === 'emptied') return emptied(top, trend);
  if (trend.kind === 'rising') return leak(top, isSteep(top, trend) ? 'high' : 'medium');
  if (inStep && trend.kind === 'unknown') return leak(top, 'low');
  if (inStep && trend.lateRiseBytes >= leastLateRise(top)) return leak(top, 'medium');
  return trend.kind === 'levelled' ? levelled(top, trend) : undecided(top);
}

const leastLateRise = ({ growthBytes }: Suspect) =>
  Math.min(growthBytes * LATE_SHARE_IN_STEP, growthBytes / 2 - LATE_NOISE_BYTES);

const isSteep = (top: Suspect, { lateRiseBytes, riseBytes }: Trend) =>
  lateRiseBytes >= riseBytes * 0.35 && top.growthShare >= 0.5;

/** Every unit of work left the same whole number of objects, or every few units one. */
function growsInStep({ growthCount }: Suspect, record: SessionRecord): boolean {
  const units = Math.max(0, ...Object.values(unitsInWindow(record)));
  if (units === 0 || growthCount < FEWEST_IN_STEP) return false;
  const ratio = growthCount >= units ? growthCount / units : units / growthCount;
  const whole = Math.round(ratio);
  return Math.abs(ratio - whole) <= 0.02 * whole && (growthCount >= units || whole <= 10);
}

const FEWEST_IN_STEP = 100;

const STEADY = 'The heap did not grow beyond what any running program does.';
const SCATTERED = 'The heap grew a little in many places, as code that warms up does; no object gathers the growth.';

/** Growth per unit of work, by the unit that was done most often; null when none was counted. */
export function growthPerUnit(totalBytes: number, record: SessionRecord): UnitGrowth | null {
  const done = Object.entries(unitsInWindow(record)).sort((a, b) => b[1] - a[1]);
  const most = done[0];
  if (!most || most[1] <= 0) return null;
  return { unit: most[0], count: most[1], bytes: Math.round(totalBytes / most[1]) };
}

function leak(top: Suspect, confidence: Verdict['confidence']): Verdict {
  const raise = confidence === 'low' ? ' Capture again after more work to be sure.' : '';
  const summary = `${describeCrowd(top)} pile up in ${describeHolder(top)}: the live heap keeps growing with the work.${raise}`;
  return { kind: 'leak', confidence, summary };
}

function emptied(top: Suspect, { fallBytes }: Trend): Verdict {
  const summary =
    `${describeCrowd(top)} came to ${describeHolder(top)}, but the live heap also fell by ${megabytes(fallBytes)} in ` +
    'between: something that is emptied from time to time.';
  return { kind: 'growth', confidence: 'medium', summary };
}

function levelled(top: Suspect, { samples }: Trend): Verdict {
  const summary =
    `${describeCrowd(top)} came to ${describeHolder(top)}, but the live heap levelled off ` +
    `(${samples} major GCs watched): a cache that filled, or warm-up.`;
  return { kind: 'growth', confidence: 'high', summary };
}

function undecided(top: Suspect): Verdict {
  const summary =
    `${describeCrowd(top)} more in ${describeHolder(top)}; two captures cannot tell a leak from a cache that fills: ` +
    'capture a third time after the same work again.';
  return { kind: 'growth', confidence: 'low', summary };
}

function judgeHeldOutside({ suspects, trend, offHeap }: Evidence): Verdict {
  const [top] = suspects;
  const held = top ? `, held by ${describeHolder(top)}` : '';
  const summary = `${megabytes(offHeap.held)} more memory behind Buffers and ArrayBuffers, outside the JS heap${held}.`;
  return { kind: 'off-heap', confidence: trend.kind === 'levelled' ? 'medium' : 'high', summary };
}

function isOutside({ totalBytes, offHeap, record }: Evidence): boolean {
  // Without the reading after the first capture, RSS growth is mostly the capture's own.
  if (offHeap.unexplained === null || record?.before.rssAfterCapture === undefined) return false;
  return offHeap.unexplained >= RSS_NOISE_BYTES && offHeap.unexplained >= 4 * Math.max(totalBytes, 0);
}

function judgeUnexplained({ offHeap }: Evidence): Verdict {
  const summary =
    `The process grew by ${megabytes(offHeap.unexplained!)} that no JavaScript object accounts for: native memory of ` +
    'an addon, ICU or zlib, or an allocator that keeps what was freed.';
  return { kind: 'off-heap', confidence: 'low', summary };
}

/** `Session`, `onClose() closures`, `anonymous contexts`. */
export function nameCrowd({ name, function: made }: Suspect['constructor']): string {
  if (made === null) return name;
  const kind = name === 'Function' ? 'closures' : name === 'system / Context' ? 'contexts' : name;
  return made === '' ? `anonymous ${kind}` : `${made}() ${kind}`;
}

/** `5,000 Session`. */
export function describeCrowd({ growthCount, constructor: definition }: Suspect): string {
  const name = nameCrowd(definition);
  return growthCount > 0 ? `${formatCount(growthCount)} ${name}` : `Bytes of ${name}`;
}

/** The holder up to the second comma outside of a shape: its label, class and where it is. */
export function describeHolder({ holder }: Suspect): string {
  return holder.text
    .split(/, (?![^{}]*\})/)
    .slice(0, 2)
    .join(', ');
}

const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;
