/** What a verdict goes by, and suspects as it sees them. */
import type { SessionRecord } from '../../session';
import { findStep, type Step } from '../in-step';
import type { OffHeapGrowth } from '../off-heap';
import { isReplaced } from '../replaced';
import type { Trend } from '../trend';
import type { Suspect } from '../types';

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
export const NOISE_BYTES = 256 * 1024;
/** A suspect smaller than this may be anything; a larger one that keeps growing is a leak. */
export const LEAK_BYTES = 192 * 1024;
/**
 * The same for a crowd of which each unit of work left some: chance does not do that. Hardly less, since a history of bounded
 * length does it too until it is full, and those of healthy programs are as small.
 */
export const LEAK_BYTES_IN_STEP = 176 * 1024;
/** Most of the growth lies outside the JS heap. */
export const MOSTLY_OUTSIDE = 0.75;
/** Samples have this share of what was made in the window; stacks that fit nobody else come to the largest suspect. */
const MADE_SHARE = 0.75;

/** A suspect as the floor sees it. */
export interface Subject {
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

export function subjectsOf({ suspects, outside, turning, moreOfClass, made, record }: Evidence): Subject[] {
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

/** Bytes of the JS heap that have left other places meanwhile: they hide as much of what the suspects grew by. */
export function bytesLost(subjects: readonly Subject[], { totalBytes, offHeap }: Evidence): number {
  return subjects.reduce((sum, { inFloor }) => sum + inFloor, 0) - (totalBytes - offHeap.held);
}
