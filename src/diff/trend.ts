/** Whether the live heap kept growing with work, from its floor after each major GC. */
import type { FloorSample, SessionRecord } from '../session';
import { mean, median } from './statistics';

export type TrendKind = 'rising' | 'levelled' | 'emptied' | 'late' | 'unknown';

export interface Trend {
  /**
   * Emptied: it rose and fell again, as a batch or a cache does that is flushed from time to time. Late: it stood still and
   * began to rise near the end.
   */
  readonly kind: TrendKind;
  /** Bytes that the floor rose over the window. */
  readonly riseBytes: number;
  /** Bytes that it rose in the second half of the work, by the slope there. */
  readonly lateRiseBytes: number;
  /** The same, but no more than the last third of the work allows, with its noise: what filled meanwhile is flat there. */
  readonly lastRiseBytes: number;
  /** Bytes that it fell at most, from one sample to a later one. */
  readonly fallBytes: number;
  /** Bytes that samples of the second half stand off their slope, on average. */
  readonly noiseBytes: number;
  /** Floor samples behind it. */
  readonly samples: number;
}

/** Fewer samples draw no line. */
const FEWEST_SAMPLES = 5;
/**
 * A steady slope brings half of the rise in each half of the work: of leaks 0.18 and more. A cache that filled brings next
 * to nothing late, and what piles up at the end brings nothing early: 0.08 and less.
 */
const RISING_FROM = 0.15;
const HALF = 0.5;
const LAST_THIRD = 0.7;
/** Of all that it rose to its end, what must have come since the middle for it to have begun late. */
const LATE_SHARE = 0.6;
/** Collections miss some garbage: falls up to this share of the rise, or up to this size, are nothing. */
const FALL_SHARE = 0.4;
const FALL_NOISE_BYTES = 144 * 1024;
/**
 * A fall to less than what came before the peak, by more than this and by more than this share of the peak's height, is a
 * fall; otherwise the peak was an exception.
 */
const BELOW_BYTES = 48 * 1024;
const BELOW_SHARE = 0.5;

const UNKNOWN: Trend = {
  ...{ kind: 'unknown', riseBytes: 0, lateRiseBytes: 0, lastRiseBytes: 0, fallBytes: 0, noiseBytes: 0 },
  samples: 0,
};

/** What a sample of the floor tells: the live heap, or what it holds outside of itself, which older agents did not note. */
export type Floor = 'bytes' | 'external';

/** Judges the floor of a window against the work done, or against time where no work was counted. */
export function findTrend(record: SessionRecord | null, of: Floor = 'bytes'): Trend {
  const samples = record?.floor.length ?? 0;
  const points = record ? floorAgainstWork(record, of) : [];
  if (samples < FEWEST_SAMPLES || points.length === 0) return { ...UNKNOWN, samples };
  const start = lowestBetween(points, 0, 0.15);
  const isLate = beganLate(points, start);
  const lateRiseBytes = slopeFrom(points, HALF) / 2;
  const noiseBytes = noiseFrom(points, HALF);
  const measured = {
    riseBytes: (isLate ? points.at(-1)!.bytes : lowestBetween(points, 0.85, 1)) - start,
    lateRiseBytes,
    lastRiseBytes: Math.min(lateRiseBytes, slopeFrom(points, LAST_THIRD) / 2 + noiseBytes),
    fallBytes: largestFall(points),
    noiseBytes,
    samples,
  };
  return { ...measured, kind: classify(measured, isLate) };
}

function classify({ riseBytes, lastRiseBytes, fallBytes }: Omit<Trend, 'kind'>, isLate: boolean): TrendKind {
  if (riseBytes <= 0) return 'levelled';
  if (fallBytes > Math.max(FALL_NOISE_BYTES, riseBytes * FALL_SHARE)) return 'emptied';
  if (isLate) return 'late';
  return lastRiseBytes >= riseBytes * RISING_FROM ? 'rising' : 'levelled';
}

/** Goes by the last reading, which is of a collection that was asked for: a burst may have no other. */
function beganLate(points: readonly Point[], start: number): boolean {
  const end = points.at(-1)!.bytes;
  const sinceMiddle = end - lowestBetween(points, HALF, 0.75);
  const early = slopeUntil(points, HALF) / 2;
  return sinceMiddle >= Math.max(FALL_NOISE_BYTES, (end - start) * LATE_SHARE) && early < (end - start) * RISING_FROM;
}

interface Point {
  /** Share of the window's work, or time, done: 0 to 1. */
  readonly x: number;
  readonly bytes: number;
}

/**
 * In order, from 0 to 1; none where nothing was done. Of samples at one place, as those after the work was done, the
 * lowest counts: it missed least.
 */
function floorAgainstWork({ floor }: SessionRecord, of: Floor): Point[] {
  const first = floor[0];
  const last = floor.at(-1);
  if (!first || !last) return [];
  const work = (last.units ?? 0) - (first.units ?? 0);
  const read = work > 0 ? (sample: FloorSample) => sample.units ?? 0 : (sample: FloorSample) => sample.monotonic;
  const span = read(last) - read(first);
  if (span <= 0) return [];
  const lowest = new Map<number, number>();
  for (const sample of floor) {
    const x = (read(sample) - read(first)) / span;
    const bytes = sample[of];
    if (bytes !== undefined) lowest.set(x, Math.min(bytes, lowest.get(x) ?? bytes));
  }
  return Array.from(lowest, ([x, bytes]) => ({ x, bytes }));
}

/** The floor in a part of the window that holds samples: what a collection leaves too much of is garbage that it missed. */
function lowestBetween(points: readonly Point[], from: number, to: number): number {
  return Math.min(...points.filter(({ x }) => x >= from && x <= to).map(({ bytes }) => bytes));
}

/** Bytes per whole window, from the last sample before `from` on. */
function slopeFrom(points: readonly Point[], from: number): number {
  return slopeOf(samplesFrom(cutSpikes(points), from));
}

/** Bytes per whole window, up to the first sample after `to`. */
function slopeUntil(points: readonly Point[], to: number): number {
  return slopeOf(cutSpikes(points).slice(0, points.findIndex(({ x }) => x > to) + 1));
}

/** Bytes that the samples from `from` on stand off their slope, on average: those that missed much count in full. */
function noiseFrom(points: readonly Point[], from: number): number {
  const slope = slopeFrom(points, from);
  const heights = samplesFrom(points, from).map(({ x, bytes }) => bytes - slope * x);
  const middle = median(heights);
  return mean(heights.map((height) => Math.abs(height - middle)));
}

/** Those from `from` on, and the last one before. */
function samplesFrom(points: readonly Point[], from: number): readonly Point[] {
  return points.slice(
    Math.max(
      0,
      points.findLastIndex(({ x }) => x < from),
    ),
  );
}

/**
 * The median of the slopes between all pairs of samples, which no single collection bends (H. Theil, "A rank-invariant
 * method of linear and polynomial regression analysis", 1950; P. K. Sen, JASA 63, 1968,
 * doi:10.1080/01621459.1968.10480934).
 */
function slopeOf(points: readonly Point[]): number {
  return median(
    points.flatMap((point, i) => points.slice(i + 1).map((later) => (later.bytes - point.bytes) / (later.x - point.x))),
  );
}

/** All but the last, which has no later neighbour, without what stands out alone. */
function cutSpikes(points: readonly Point[]): Point[] {
  return points.map((point, at) =>
    at === points.length - 1 ? point : { ...point, bytes: supportedHeight(points, at) },
  );
}

const bytesAt = (points: readonly Point[], at: number) => points[at]?.bytes ?? Number.NEGATIVE_INFINITY;

/** A sample no higher than its higher neighbour: one that stands out alone is a collection that missed something. */
function supportedHeight(points: readonly Point[], at: number): number {
  return Math.min(bytesAt(points, at), Math.max(bytesAt(points, at - 1), bytesAt(points, at + 1)));
}

/**
 * How far the floor fell. One sample that stands out from its neighbours is a collection that missed something, and
 * counts as far as a neighbour reaches it; the last tooth of a saw falls below where it came from, and counts whole.
 */
function largestFall(points: readonly Point[]): number {
  const heightAt = (at: number) => {
    const [before, here, next] = [bytesAt(points, at - 1), bytesAt(points, at), bytesAt(points, at + 1)];
    const isFall = before - next > Math.max(BELOW_BYTES, (here - before) * BELOW_SHARE);
    return isFall ? here : supportedHeight(points, at);
  };
  let height = Number.NEGATIVE_INFINITY;
  let fall = 0;
  for (let at = 0; at < points.length; at++) {
    fall = Math.max(fall, height - bytesAt(points, at));
    height = Math.max(height, heightAt(at));
  }
  return fall;
}
