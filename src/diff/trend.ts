/** Whether the live heap kept growing with work, from its floor after each major GC. */
import type { FloorSample, SessionRecord } from '../session';
import { median } from './runs/statistics';

export type TrendKind = 'rising' | 'levelled' | 'emptied' | 'unknown';

export interface Trend {
  /** Emptied: it rose and fell again, as a batch or a cache does that is flushed from time to time. */
  readonly kind: TrendKind;
  /** Bytes that the floor rose over the window. */
  readonly riseBytes: number;
  /** Bytes that it rose in the second half of the work, by the slope there. */
  readonly lateRiseBytes: number;
  /** Bytes that it fell at most, from one sample to a later one. */
  readonly fallBytes: number;
  /** Floor samples behind it. */
  readonly samples: number;
}

/** Fewer samples draw no line. */
const FEWEST_SAMPLES = 5;
/** A steady slope brings half of the rise late, a cache that filled brings next to nothing: leaks 0.23 and more, others 0.07. */
const RISING_FROM = 0.15;
/** Collections miss some garbage: falls up to this share of the rise, or up to this size, are nothing. */
const FALL_SHARE = 0.4;
const FALL_NOISE_BYTES = 144 * 1024;
/**
 * A fall to less than what came before the peak, by more than this and by more than this share of the peak's height, is a
 * fall; otherwise the peak was an exception.
 */
const BELOW_BYTES = 48 * 1024;
const BELOW_SHARE = 0.5;

const UNKNOWN: Trend = { kind: 'unknown', riseBytes: 0, lateRiseBytes: 0, fallBytes: 0, samples: 0 };

/** Judges the floor of a window against the work done, or against time where no work was counted. */
export function findTrend(record: SessionRecord | null): Trend {
  const samples = record?.floor.length ?? 0;
  const points = record ? floorAgainstWork(record) : [];
  if (samples < FEWEST_SAMPLES || points.length < 2) return { ...UNKNOWN, samples };
  const first = levelAt(points, 0.0, 0.15);
  const last = levelAt(points, 0.85, 1.0);
  const lateSlope = slopeFrom(points, 0.5);
  if (first === null || last === null || lateSlope === null) return { ...UNKNOWN, samples };
  const measured = {
    riseBytes: last - first,
    lateRiseBytes: lateSlope / 2,
    fallBytes: largestFall(points),
    samples,
  };
  return { ...measured, kind: classify(measured) };
}

function classify({ riseBytes, lateRiseBytes, fallBytes }: Omit<Trend, 'kind' | 'samples'>): TrendKind {
  if (riseBytes <= 0) return 'levelled';
  if (fallBytes > Math.max(FALL_NOISE_BYTES, riseBytes * FALL_SHARE)) return 'emptied';
  return lateRiseBytes >= riseBytes * RISING_FROM ? 'rising' : 'levelled';
}

interface Point {
  /** Share of the window's work, or time, done: 0 to 1. */
  readonly x: number;
  readonly bytes: number;
}

/** In order. Of samples at one place, as those after the work was done, the lowest counts: it missed least. */
function floorAgainstWork({ floor }: SessionRecord): Point[] {
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
    lowest.set(x, Math.min(sample.bytes, lowest.get(x) ?? sample.bytes));
  }
  return Array.from(lowest, ([x, bytes]) => ({ x, bytes }));
}

/**
 * The floor around a part of the window: the lowest sample there, since what a collection leaves too much of is
 * garbage that it missed. Between two samples where none falls there.
 */
function levelAt(points: readonly Point[], from: number, to: number): number | null {
  const inside = points.filter(({ x }) => x >= from && x <= to).map(({ bytes }) => bytes);
  if (inside.length > 0) return Math.min(...inside);
  const before = points.findLast(({ x }) => x < from);
  const after = points.find(({ x }) => x > to);
  if (!before || !after) return null;
  const share = ((from + to) / 2 - before.x) / (after.x - before.x);
  return before.bytes + share * (after.bytes - before.bytes);
}

/**
 * Bytes per whole window, from the last sample before `from` on: the median of the slopes between all pairs of samples,
 * which no single collection bends (H. Theil, "A rank-invariant method of linear and polynomial regression analysis",
 * 1950; P. K. Sen, JASA 63, 1968, doi:10.1080/01621459.1968.10480934).
 */
function slopeFrom(points: readonly Point[], from: number): number | null {
  const start = points.findLastIndex(({ x }) => x < from);
  const late = cutSpikes(points).slice(Math.max(0, start));
  const slopes = late.flatMap((point, i) =>
    late.slice(i + 1).map((later) => (later.bytes - point.bytes) / (later.x - point.x)),
  );
  return slopes.length === 0 ? null : median(slopes);
}

/** Samples no higher than their higher neighbour: a single one that stands out is a collection that missed something. */
function cutSpikes(points: readonly Point[]): Point[] {
  const bytesAt = (at: number) => points[at]?.bytes ?? Number.NEGATIVE_INFINITY;
  return points.map((point, at) => {
    const isLast = at === points.length - 1;
    const bytes = isLast ? point.bytes : Math.min(point.bytes, Math.max(bytesAt(at - 1), bytesAt(at + 1)));
    return { ...point, bytes };
  });
}

/**
 * How far the floor fell. One sample that stands out from its neighbours is a collection that missed something, and
 * counts as far as a neighbour reaches it; the last tooth of a saw falls below where it came from, and counts whole.
 */
function largestFall(points: readonly Point[]): number {
  const bytesAt = (at: number) => points[at]?.bytes ?? Number.NEGATIVE_INFINITY;
  const heightAt = (at: number) => {
    const [before, here, next] = [bytesAt(at - 1), bytesAt(at), bytesAt(at + 1)];
    const isFall = before - next > Math.max(BELOW_BYTES, (here - before) * BELOW_SHARE);
    return isFall ? here : Math.min(here, Math.max(before, next));
  };
  let height = Number.NEGATIVE_INFINITY;
  let fall = 0;
  for (let at = 0; at < points.length; at++) {
    fall = Math.max(fall, height - bytesAt(at));
    height = Math.max(height, heightAt(at));
  }
  return fall;
}
