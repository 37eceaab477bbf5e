/** How much the live heap of a worker grew over its window, by the best evidence that its session holds. */
import { findTrend } from '../trend';
import type { HeapDiff } from '../types';
import type { RunSession } from './run-types';

export interface HeapGrowth {
  readonly bytes: number;
  /** Standard deviation of the measurement itself, bytes. */
  readonly error: number;
}

/**
 * Exact by snapshots. Without them by the ends of the floor, or, where too few collections draw one, by what the profile
 * found alive: one sample per `samplingInterval` bytes on average, so that n samples vary by the root of n.
 */
export function measureGrowth(diff: HeapDiff, { record, before, after, profile }: RunSession): HeapGrowth {
  const hasPair = before !== null && after !== null;
  // The first of a few collections may come late, and to much garbage: two points are no line.
  if (hasPair || profile === null || findTrend(record).kind !== 'unknown') {
    return { bytes: diff.growth.totalBytes, error: 0 };
  }
  const bytes = diff.allocationSites.reduce((sum, { bytesDelta }) => sum + bytesDelta, 0);
  return { bytes, error: samplingError(bytes, record?.samplingInterval ?? 0) };
}

/** Standard deviation of sampled bytes. */
export function samplingError(bytes: number, interval: number): number {
  return Math.sqrt(interval * Math.max(0, bytes));
}
