/** The sentence on top: a leak, growth that may be none, nothing, or nothing in this heap. */
import { formatCount } from '../format-numbers';
import type { SessionRecord } from '../session';
import { findStep, type Step } from './in-step';
import type { OffHeapGrowth } from './off-heap';
import { isReplaced } from './replaced';
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
import { describeCrowd, describeHolder, megabytes } from './suspect-text';
import type { Trend } from './trend';
import type { Suspect, UnitGrowth, Verdict } from './types';
import { unitsInWindow } from './window';

export interface Evidence {
  readonly totalBytes: number;
  readonly suspects: readonly Suspect[];
  readonly trend: Trend;
  /** The same of what the heap holds outside of itself. */
  readonly trendOutside: Trend;
  readonly offHeap: OffHeapGrowth;
  /** What of the growth of each suspect lies outside of V8's heap, where the floor does not see it; bytes, by rank. */
  readonly outside: readonly number[];
  readonly record: SessionRecord | null;
  /** Whether the objects of each suspect come and go, by rank: see `turnsOver`. */
  readonly turning: readonly boolean[];
  /** Of each, how many more objects of its class there are in all of the heap. */
  readonly moreOfClass: readonly number[];
  /** Of each, bytes that were allocated in the window, as far as anybody recorded it. */
  readonly made: readonly number[];
}

/** Growth below this is what any running program shows between two snapshots: warm code alone brings 60-180 KB. */
const NOISE_BYTES = 256 * 1024;
/** A suspect smaller than this may be anything; a larger one that keeps growing is a leak. */
const LEAK_BYTES = 192 * 1024;
/**
 * The same for a crowd of which each unit of work left some. Chance does not do that, nor does code that warms up: size only
 * tells what is worth a word.
 */
const LEAK_BYTES_IN_STEP = LEAK_BYTES / 2;
/** Suspects that are too small each are judged by their sum, if there are so many and it is twice as much. */
const FEWEST_TOGETHER = 3;
const LEAK_BYTES_TOGETHER = 2 * LEAK_BYTES;
/** A suspect with this share of the growth gathers it, however little that is. */
const GATHERS_FROM = 0.25;
/** Half of what grows steadily comes in the second half of the work. The floor must show half of that. */
const LATE_SHARE = 0.25;
/** Where the floor shows less than this, three quarters of the late half, something else than steady growth shaped it. */
const OWN_LATE_SHARE = 0.375;
/** Noise of a floor brings as much: less is no sign, it is what the smallest leak shows. */
const LATE_BYTES = LEAK_BYTES * OWN_LATE_SHARE;
/** Samples have this share of what was made in the window; stacks that fit nobody else come to the largest suspect. */
const MADE_SHARE = 0.75;
/** A floor falls by as much over half of the work while nothing of the program's is let go: code that ran at first is flushed. */
const DRIFT_BYTES = 48 * 1024;
/** Most of the growth lies outside the JS heap. */
const MOSTLY_OUTSIDE = 0.75;
/** RSS breathes by this much without any cause. */
const RSS_NOISE_BYTES = 24 * 1024 * 1024;

/** What another thread has done with counts until it collects its garbage, which V8 asks for after some tens of MB. */
const TRANSFERRED_BYTES = 32 * 1024 * 1024;

/** A suspect as the floor sees it. */
interface Subject {
  readonly suspect: Suspect;
  readonly step: Step | null;
  /** Of its growth, what lies inside the JS heap. */
  readonly inFloor: number;
  /** Its objects come and go; not where each unit of work left some, since of those none is gone. */
  readonly turns: boolean;
  /** There are hardly more objects of its class in the heap: as many have left another place. */
  readonly isReplaced: boolean;
  /** Its objects are known to have been allocated in the window: they have not come from another place. */
  readonly isMade: boolean;
}

function subjectsOf({ suspects, outside, turning, moreOfClass, made, record }: Evidence): Subject[] {
  return suspects.map((suspect, at) => {
    const step = findStep(suspect, record);
    const inFloor = suspect.growthBytes - (outside[at] ?? 0);
    const { growthBytes, growthCount } = suspect;
    return {
      ...{ suspect, step, inFloor, turns: turning[at] === true && step !== 'each' },
      isReplaced: isReplaced(growthCount, moreOfClass[at] ?? growthCount),
      isMade: (made[at] ?? 0) >= growthBytes * MADE_SHARE,
    };
  });
}

/**
 * Which suspect comes first, by its place in the list. The largest; but where it comes and goes and another one stays, or
 * where another one that is in step with the work explains what the floor shows late, or would have shown if nothing had been
 * freed, so that the largest is a cache that filled, that one.
 */
export function findLeader(evidence: Evidence): number {
  const { trend } = evidence;
  const subjects = subjectsOf(evidence);
  const [largest, ...others] = subjects;
  const lost = bytesLost(subjects, evidence);
  if (largest && largest.step === null && !(trend.kind === 'rising' && growsLate(largest, trend))) {
    const masked = others.findIndex((subject) => isMaskedLeak(subject, lost) && subject.inFloor >= LEAK_BYTES_IN_STEP);
    if (masked >= 0) return masked + 1;
  }
  if (largest?.turns) {
    const stays = (subject: Subject) =>
      !subject.turns && subject.suspect.growthCount > 0 && subject.inFloor >= LEAK_BYTES && growsLate(subject, trend);
    return others.findIndex(stays) + 1;
  }
  if (!largest || largest.step !== null || trend.kind === 'emptied' || trend.kind === 'late') return 0;
  if (trend.riseBytes < largest.inFloor) return 0; // not all of them came to the floor: whose late rise it is, nobody knows
  const fits = (subject: Subject) =>
    subject.step === 'each' &&
    subject.inFloor >= Math.max(LEAK_BYTES_IN_STEP, trend.lastRiseBytes - mayBeOffBy(trend)) &&
    trend.lateRiseBytes - subject.inFloor / 2 - mayBeOffBy(trend) < largest.inFloor * OWN_LATE_SHARE &&
    growsLate(subject, trend);
  return others.findIndex(fits) + 1;
}

/** Weighs the evidence: structure first, then the floor of the live heap, then the memory of the process. */
export function judgeGrowth(evidence: Evidence): Verdict {
  const { totalBytes, trend, offHeap } = evidence;
  const subjects = subjectsOf(evidence);
  const [subject] = subjects;
  if (offHeap.transferred >= TRANSFERRED_BYTES && offHeap.transferred >= totalBytes) return judgeTransferred(offHeap);
  if (offHeap.held >= NOISE_BYTES && offHeap.held >= totalBytes * MOSTLY_OUTSIDE) return judgeHeldOutside(evidence);
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
  if (subject && subject.suspect.growthShare >= GATHERS_FROM) return tooLittle(subject.suspect);
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
  if (isHeldOutside) return judgeHeldOutside(evidence);
  if (trend.kind !== 'levelled') return turns ? comesAndGoes(suspect) : undecided(suspect);
  return suspect.growthCount === 0 ? inJumps(suspect) : levelled(suspect, trend, step === null && !mayHideGrowth(trend, inFloor));
}

/** A slope over half of some ten samples may be off by twice their noise, or by what V8 flushes meanwhile. */
const mayBeOffBy = ({ noiseBytes }: Trend) => Math.max(2 * noiseBytes, DRIFT_BYTES);

/**
 * Whether a crowd of which each unit left some may be in this floor: from one that is whole nothing was taken away, so what
 * the floor fell by is something else, as is what stood still at first.
 */
const mayHideGrowth = (trend: Trend, inFloor: number) =>
  trend.kind === 'unknown' || trend.lateRiseBytes + mayBeOffBy(trend) > inFloor * LATE_SHARE;

/** See `findLeader`: the first is not the largest. */
const isPutFirst = ({ suspects: [first, ...others] }: Evidence) =>
  others.some(({ growthBytes }) => growthBytes > first!.growthBytes);

/** Bytes of the JS heap that have left other places meanwhile: they hide as much of what the suspects grew by. */
function bytesLost(subjects: readonly Subject[], { totalBytes, offHeap }: Evidence): number {
  return subjects.reduce((sum, { inFloor }) => sum + inFloor, 0) - (totalBytes - offHeap.held);
}

/** The floor may show nothing late of what grows steadily. */
const isMaskedBy = (lost: number, { inFloor }: Subject) => lost > inFloor * LATE_SHARE;

/** Each unit left some that are new to the heap, and the floor cannot show it. */
const isMaskedLeak = (subject: Subject, lost: number) =>
  subject.step === 'each' && (subject.isMade || !subject.isReplaced) && isMaskedBy(lost, subject);

/** The floor shows late what this one brings if it grows steadily; where the floor rises, what came to it at all counts. */
function growsLate({ inFloor }: Subject, { kind, riseBytes, lastRiseBytes }: Trend): boolean {
  const brought = kind === 'rising' ? Math.min(inFloor, riseBytes) : inFloor;
  return lastRiseBytes > Math.max(LATE_BYTES, brought * LATE_SHARE);
}

const STEADY = 'The heap did not grow beyond what any running program does.';
const SCATTERED = 'The heap grew a little in many places, as code that warms up does; no object gathers the growth.';

/** Growth per unit of work, by the unit that was done most often; null when none was counted. */
export function growthPerUnit(totalBytes: number, record: SessionRecord): UnitGrowth | null {
  const done = Object.entries(unitsInWindow(record)).sort((a, b) => b[1] - a[1]);
  const most = done[0];
  if (!most || most[1] <= 0) return null;
  return { unit: most[0], count: most[1], bytes: Math.round(totalBytes / most[1]) };
}

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

/** The floor does not see it; only where what holds it is large enough itself does the floor tell whether it goes on. */
function judgeHeldOutside(evidence: Evidence): Verdict {
  const { trend, offHeap, outside } = evidence;
  const [subject] = subjectsOf(evidence);
  const own = outside[0] ?? 0;
  const goesOnOutside = keepsGrowing(evidence.trendOutside, Math.max(own, offHeap.held));
  if (subject && subject.suspect.growthCount > 0 && own >= offHeap.held * MOSTLY_OUTSIDE && goesOnOutside) {
    return leakOutside(subject.suspect, own, true);
  }
  const held = subject ? `, held by ${describeHolder(subject.suspect)}` : '';
  const kind = offHeap.strings > offHeap.held / 2 ? 'large external strings' : 'Buffers and ArrayBuffers';
  const what =
    offHeap.held >= own * MOSTLY_OUTSIDE
      ? `${megabytes(offHeap.held)} more memory behind ${kind}`
      : `${megabytes(own)} more native memory`;
  const goesOn = subject && subject.inFloor >= LEAK_BYTES && trend.kind === 'rising' && growsLate(subject, trend);
  const course = goesOnOutside ? ': it keeps growing with the work' : '';
  const summary = `${what}, outside the JS heap${held}${course}.`;
  return { kind: 'off-heap', confidence: goesOn || goesOnOutside ? 'high' : 'medium', summary };
}

/** Half of what is held outside came in the second half of the work; collections let go of Buffers when they can. */
const keepsGrowing = ({ kind, lastRiseBytes }: Trend, bytes: number) =>
  kind === 'rising' && lastRiseBytes >= bytes * LATE_SHARE;

function isOutside({ totalBytes, offHeap, record }: Evidence): boolean {
  // Without the reading after the first capture, RSS growth is mostly the capture's own.
  if (offHeap.unexplained === null || record?.before.rssAfterCapture === undefined) return false;
  return offHeap.unexplained >= RSS_NOISE_BYTES && offHeap.unexplained >= 4 * Math.max(totalBytes, 0);
}

function judgeUnexplained({ offHeap: { unexplained, external, workers, moreWorkers } }: Evidence): Verdict {
  const grew = `The process grew by ${megabytes(unexplained!)}`;
  if (moreWorkers > 0) {
    const summary =
      `${grew} outside of this heap, while ${formatCount(moreWorkers)} more worker threads run, each with a heap of its own: ` +
      'end those that are done, or capture one of them.';
    return { kind: 'off-heap', confidence: 'medium', summary };
  }
  const summary =
    external >= unexplained! * MOSTLY_OUTSIDE
      ? `${grew} of memory that JavaScript objects hold outside the heap and that snapshots do not show: external strings, ` +
        'or what belongs to objects of Node or an addon.'
      : `${grew} that no JavaScript object accounts for: native memory of an addon, ICU or zlib, ` +
        `${workers > 0 ? 'the heap of a worker thread, ' : ''}or an allocator that keeps what was freed.`;
  return { kind: 'off-heap', confidence: 'low', summary };
}

function judgeTransferred({ transferred }: OffHeapGrowth): Verdict {
  const summary =
    `${megabytes(transferred)} more of ArrayBuffers that this thread has transferred away: a worker or a port has them, ` +
    'unread or kept. Capture the worker that they went to.';
  return { kind: 'off-heap', confidence: 'medium', summary };
}
