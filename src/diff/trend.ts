/** Whether the live heap kept growing with work, from its floor after each major GC. */
import type { FloorSample, SessionRecord } from '../session';

export type TrendKind = 'rising' | 'levelled' | 'unknown';

export interface Trend {
  readonly kind: TrendKind;
  /** Bytes that the floor rose over the window. */
  readonly riseBytes: number;
  /** Of that rise, the share that came in the second half of the work, 0.5 for a steady slope. */
  readonly lateShare: number;
  /** Floor samples behind it. */
  readonly samples: number;
}

/** Fewer samples draw no line. */
const FEWEST_SAMPLES = 5;
/** A steady slope brings half of the rise late, a cache that filled brings next to nothing. */
const RISING_FROM = 0.25;

const UNKNOWN: Trend = { kind: 'unknown', riseBytes: 0, lateShare: 0, samples: 0 };

/** Judges the floor of a window against the work done, or against time where no work was counted. */
export function findTrend(record: SessionRecord | null): Trend {
  const points = record ? floorAgainstWork(record) : [];
  if (points.length < FEWEST_SAMPLES) return { ...UNKNOWN, samples: points.length };
  const first = levelAt(points, 0.0, 0.15);
  const middle = levelAt(points, 0.4, 0.6);
  const last = levelAt(points, 0.85, 1.0);
  if (first === null || middle === null || last === null) return { ...UNKNOWN, samples: points.length };
  const riseBytes = last - first;
  const lateShare = riseBytes > 0 ? (last - middle) / riseBytes : 0;
  const kind = riseBytes > 0 && lateShare >= RISING_FROM ? 'rising' : 'levelled';
  return { kind, riseBytes, lateShare, samples: points.length };
}

interface Point {
  /** Share of the window's work, or time, done: 0 to 1. */
  readonly x: number;
  readonly bytes: number;
}

function floorAgainstWork({ floor }: SessionRecord): Point[] {
  const first = floor[0];
  const last = floor.at(-1);
  if (!first || !last) return [];
  const work = (last.units ?? 0) - (first.units ?? 0);
  const read = work > 0 ? (sample: FloorSample) => sample.units ?? 0 : (sample: FloorSample) => sample.monotonic;
  const span = read(last) - read(first);
  if (span <= 0) return [];
  return floor.map((sample) => ({ x: (read(sample) - read(first)) / span, bytes: sample.bytes }));
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
