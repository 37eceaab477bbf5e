/** What a verdict goes by, made by hand: 5,000 Sessions of 4 MB, two captures and 777 requests between them. */
import type { Trend, TrendKind } from '../../src/diff/trend';
import type { Suspect } from '../../src/diff/types';
import type { Evidence } from '../../src/diff/verdict/evidence';
import { makeRecord } from './sample-record';

const MB = 1_000_000;

export function makeSuspect(growthBytes: number, growthCount: number, growthShare = 0.9): Suspect {
  return {
    ...{ rank: 1, growthBytes, growthShare, growthCount, allocationSites: [] },
    constructor: { name: 'Session', function: null, location: null },
    holder: {
      name: 'Map',
      label: 'sessions',
      path: [],
      text: '`sessions` (Map), a variable in module scope of src/store.js, through a → b',
    },
  };
}

/** A steady slope brings half of the rise late. */
export function makeTrend(
  kind: TrendKind,
  riseBytes = 4 * MB,
  lateRiseBytes = kind === 'rising' ? riseBytes / 2 : 0,
): Trend {
  return {
    ...{ kind, riseBytes, lateRiseBytes, lastRiseBytes: lateRiseBytes },
    fallBytes: kind === 'emptied' ? 3 * MB : 0,
    noiseBytes: 0,
    samples: kind === 'unknown' ? 1 : 10,
  };
}

/** Nothing outside of the heap. */
export const INSIDE = { held: 0, strings: 0, workers: 0, moreWorkers: 0, unexplained: 0, external: 0, transferred: 0 };

export function makeEvidence(more: Partial<Evidence> = {}): Evidence {
  return {
    totalBytes: 5 * MB,
    suspects: [makeSuspect(4 * MB, 5_000)],
    trend: makeTrend('unknown'),
    trendOutside: makeTrend('unknown'),
    offHeap: INSIDE,
    outside: [],
    turning: [],
    moreOfClass: [],
    made: [],
    record: makeRecord({ units: { request: 0 }, rssAfterCapture: 80 * MB }, { units: { request: 777 } }),
    ...more,
  };
}
