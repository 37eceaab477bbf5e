/** The sentence on top: a leak, growth that may be none, nothing, or nothing in this heap. */
import { describeCrowd, describeHolder } from '../suspect-text';
import type { Trend } from '../trend';
import type { Verdict } from '../types';
import {
  bytesLost,
  type Evidence,
  LEAK_BYTES,
  LEAK_BYTES_IN_STEP,
  MOSTLY_OUTSIDE,
  NOISE_BYTES,
  type Subject,
  subjectsOf,
} from './evidence';
import { growsLate, isMaskedBy, isMaskedLeak, keepsGrowing, LATE_SHARE, mayHideGrowth } from './floor-words';
import { isOutside, judgeHeldOutside, judgeTransferred, judgeUnexplained, TRANSFERRED_BYTES } from './judge-outside';
import {
  beganLate,
  comesAndGoes,
  emptied,
  inJumps,
  leakOutside,
  levelled,
  masked,
  maskedLeak,
  replaced,
  tooLittle,
  undecided,
} from './sentences';

/** Suspects that are too small each are judged by their sum, if there are so many and it is twice as much. */
const FEWEST_TOGETHER = 3;
const LEAK_BYTES_TOGETHER = 2 * LEAK_BYTES;
/** A suspect with this share of the growth gathers it, however little that is. */
const GATHERS_FROM = 0.25;
const STEADY = 'The heap did not grow beyond what any running program does.';
const SCATTERED = 'The heap grew a little in many places, as code that warms up does; no object gathers the growth.';

/** Weighs the evidence: structure first, then the floor of the live heap, then the memory of the process. */
export function judgeGrowth(evidence: Evidence): Verdict {
  const { totalBytes, trend, offHeap } = evidence;
  const subjects = subjectsOf(evidence);
  const [subject] = subjects;
  if (offHeap.transferred >= TRANSFERRED_BYTES && offHeap.transferred >= totalBytes) return judgeTransferred(offHeap);
  if (offHeap.held >= NOISE_BYTES && offHeap.held >= totalBytes * MOSTLY_OUTSIDE)
    return judgeHeldOutside(subject, evidence);
  if (subject && subject.suspect.growthBytes >= (subject.step === 'each' ? LEAK_BYTES_IN_STEP : LEAK_BYTES)) {
    return judgeSuspect(subject, bytesLost(subjects, evidence), evidence);
  }
  if (isOutside(evidence)) return judgeUnexplained(evidence);
  if (totalBytes < NOISE_BYTES) {
    return { kind: 'steady', confidence: trend.kind === 'unknown' ? 'medium' : 'high', summary: STEADY };
  }
  return judgeTogether(subjects, trend) ?? judgeLittle(subject);
}

/** Of suspects none of which is large enough: a list each of many classes, a cache each of many repositories. */
function judgeTogether(subjects: readonly Subject[], trend: Trend): Verdict | null {
  const crowds = subjects.filter(({ suspect }) => suspect.growthCount > 0);
  const inFloor = crowds.reduce((sum, subject) => sum + subject.inFloor, 0);
  const [first] = crowds;
  if (!first || crowds.length < FEWEST_TOGETHER || inFloor < LEAK_BYTES_TOGETHER) return null;
  const places = `${describeHolder(first.suspect)}, and other objects in ${crowds.length - 1} other places`;
  const crowd = describeCrowd(first.suspect);
  if (trend.kind === 'rising' && growsLate({ ...first, inFloor }, trend)) {
    const summary = `${crowd} pile up in ${places}: the live heap keeps growing with the work.`;
    return { kind: 'leak', confidence: 'medium', summary };
  }
  if (trend.kind !== 'unknown') return null;
  const summary = `${crowd} more in ${places}; two captures cannot tell a leak from caches that fill: capture a third time after the same work again.`;
  return { kind: 'growth', confidence: 'low', summary };
}

/** Growth too small to be told from what any program brings while it warms up. */
function judgeLittle(subject: Subject | undefined): Verdict {
  if (subject && subject.suspect.growthShare >= GATHERS_FROM) return tooLittle(subject.suspect, subject.step);
  return { kind: 'growth', confidence: 'medium', summary: SCATTERED };
}

function judgeSuspect(subject: Subject, lost: number, evidence: Evidence): Verdict {
  const { suspect, step, inFloor, turns } = subject;
  const { trend } = evidence;
  const isHeldOutside = inFloor <= suspect.growthBytes * (1 - MOSTLY_OUTSIDE);
  const isMasked = !isHeldOutside && isMaskedBy(lost, subject);
  const pilesUp = () => (turns ? comesAndGoes(suspect) : leak(subject, evidence));
  if (step === 'each' && mayHideGrowth(trend, inFloor) && !(isMasked && subject.isReplaced)) return pilesUp();
  if (isMasked && !(trend.kind === 'rising' && growsLate(subject, trend))) {
    if (isMaskedLeak(subject, lost)) return maskedLeak(suspect, lost);
    return subject.isReplaced ? replaced(suspect, evidence.totalBytes < NOISE_BYTES) : masked(suspect, lost);
  }
  if (trend.kind === 'emptied') return emptied(suspect, trend);
  if (trend.kind === 'late') return beganLate(suspect);
  // What levelled off may be another one, if this one is in step, or was put before a larger one for what comes late.
  const isOneOfSeveral = step !== null || isPutFirst(evidence);
  if ((trend.kind === 'rising' || isOneOfSeveral) && growsLate(subject, trend)) return pilesUp();
  if (isHeldOutside) return judgeHeldOutside(subject, evidence);
  if (trend.kind !== 'levelled') return turns ? comesAndGoes(suspect) : undecided(suspect);
  return suspect.growthCount === 0
    ? inJumps(suspect)
    : levelled(suspect, trend, step === null && !mayHideGrowth(trend, inFloor));
}

/** See `findLeader`: the first is not the largest. */
const isPutFirst = ({ suspects: [first, ...others] }: Evidence) =>
  others.some(({ growthBytes }) => growthBytes > first!.growthBytes);

function leak({ suspect, inFloor }: Subject, { trend, trendOutside }: Evidence): Verdict {
  const outside = suspect.growthBytes - inFloor;
  if (outside >= suspect.growthBytes * MOSTLY_OUTSIDE) {
    return leakOutside(suspect, outside, keepsGrowing(trendOutside, outside));
  }
  const what = `${describeCrowd(suspect)} pile up in ${describeHolder(suspect)}`;
  const { kind, lateRiseBytes, riseBytes } = trend;
  if (lateRiseBytes <= Math.min(inFloor, riseBytes) * LATE_SHARE) {
    const summary = `${what}, in step with the work; the live heap does not tell. Capture again after more work to be sure.`;
    return { kind: 'leak', confidence: 'low', summary };
  }
  const isSteep = kind === 'rising' && lateRiseBytes >= riseBytes * 0.35 && suspect.growthShare >= 0.5;
  const summary = `${what}: the live heap keeps growing with the work.`;
  return { kind: 'leak', confidence: isSteep ? 'high' : 'medium', summary };
}
