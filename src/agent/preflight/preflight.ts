/**
 * Before a snapshot: what will it cost, what is left, and so what is taken. After it: what did it cost, to predict the
 * next one of this process better.
 */
import type { HistogramCost, Preflight, PreflightRoom, RequestedMode, SnapshotCost } from '../../session';
import type { HeapInspector } from '../heap-inspector';
import { inspectArrays } from './array-contents';
import { type HeapCensus, takeCensus } from './census';
import { mayTakeCensus } from './census-hazard';
import { type ArrayContents, costOf, costOfHistogram, costWithoutCensus, sizeGraph } from './cost-oracle';
import { decideCapture, type Situation } from './decide';
import { adjustCost, type Experiences, type MemoryMark, measureCapture, readMemoryMark } from './experience';
import { readDiskRoom, readMemoryHeadroom } from './headroom';

/** A prediction may be too low by this factor; by less once a capture of this process has corrected it. */
const MARGIN = { first: 1.35, learned: 1.2 };

export interface CapturePlan {
  readonly preflight: Preflight;
  /** The oracle's figures, without corrections. */
  readonly model: SnapshotCost;
  readonly mark: MemoryMark;
}

export type PlanRequest = Pick<Situation, 'first' | 'force' | 'maxPauseMs' | 'pauseLimit'> & {
  readonly mode: RequestedMode;
  readonly folder: string;
  readonly inspector: HeapInspector;
  readonly experiences: Experiences;
};

/** Finds out what the next capture may be. Its own pauses are some per cent of a snapshot's. */
export async function planCapture(request: PlanRequest): Promise<CapturePlan> {
  const { folder, inspector, experiences, ...rules } = request;
  const used = readUsed();
  const begin = performance.now();
  const isSafe = mayTakeCensus({ inspector, readRoom: () => readRoom(folder), usedBytes: used.small });
  const searchedMs = performance.now() - begin;
  const census = isSafe ? await takeCensus(inspector) : null;
  const { snapshot: model, histogram, pauseMs } = census ? estimate(census, inspector) : estimateWorst(used);
  const mark = readMemoryMark();
  const learned = experiences.last !== null;
  const snapshot = adjustCost(model, experiences.last, mark);
  const room = readRoom(folder);
  const margin = learned ? MARGIN.learned : MARGIN.first;
  const { action, why } = decideCapture({ ...rules, snapshot, histogram, room, margin });
  const preflight: Preflight = {
    ...{ decision: action, why, forced: rules.force },
    ...{ basis: census ? 'census' : 'statistics', learned, predicted: snapshot, room },
    ...{ pauseMs: pauseMs + searchedMs, measured: null },
  };
  return { preflight, model, mark };
}

/** After a snapshot: its preflight with what was measured. */
export function completePlan(
  { preflight, model, mark }: CapturePlan,
  experiences: Experiences,
  written: { readonly file: string; readonly pauseMs: number },
): Preflight {
  const experience = measureCapture(model, mark, written);
  if (!experience) return preflight;
  experiences.last = experience;
  return { ...preflight, measured: experience.measured };
}

interface Estimate {
  readonly snapshot: SnapshotCost;
  readonly histogram: HistogramCost | null;
  readonly pauseMs: number;
}

/** Arrays are looked into when so much of the cost hangs on what is in them, and there are not too many to list. */
const ARRAYS_SHARE = 0.3;
const MOST_ARRAYS = 300_000;

function estimate(census: HeapCensus, inspector: HeapInspector): Estimate {
  const histogram = costOfHistogram(census);
  const worst = costOf(sizeGraph(census, null));
  const best = costOf(sizeGraph(census, { elements: Number.POSITIVE_INFINITY, references: 0, longest: 0 }));
  const hangsOnArrays = worst.memoryBytes - best.memoryBytes > ARRAYS_SHARE * worst.memoryBytes;
  const arrays = census.kinds.get('JS_ARRAY_TYPE')?.count ?? 0;
  if (!hangsOnArrays || arrays > MOST_ARRAYS) return { snapshot: worst, histogram, pauseMs: census.pauseMs };
  const begin = performance.now();
  const contents = tryInspectArrays(inspector);
  const pauseMs = census.pauseMs + performance.now() - begin;
  return { snapshot: costOf(sizeGraph(census, contents)), histogram, pauseMs };
}

/** Null when the inspector refuses: the prediction is on the safe side without. */
function tryInspectArrays(inspector: HeapInspector): ArrayContents | null {
  try {
    return inspectArrays(inspector);
  } catch {
    return null;
  }
}

/** Bytes of V8's heap in use: objects, and those that are larger than a page. */
function readUsed(): { small: number; large: number } {
  const v8 = require('node:v8') as typeof import('node:v8');
  const used = { small: 0, large: 0 };
  for (const { space_name, space_used_size } of v8.getHeapSpaceStatistics()) {
    if (space_name.endsWith('large_object_space')) used.large += space_used_size;
    else if (space_name !== 'read_only_space') used.small += space_used_size;
  }
  return used;
}

/** Where V8 does not count, a histogram's memory is not known either. */
function estimateWorst(used: ReturnType<typeof readUsed>): Estimate {
  return { snapshot: costWithoutCensus(used), histogram: null, pauseMs: 0 };
}

function readRoom(folder: string): PreflightRoom {
  const v8 = require('node:v8') as typeof import('node:v8');
  const { heap_size_limit, used_heap_size } = v8.getHeapStatistics();
  const { bytes, limitedBy } = readMemoryHeadroom();
  return {
    memoryBytes: bytes,
    memoryLimitedBy: limitedBy,
    heapBytes: Math.max(0, heap_size_limit - used_heap_size),
    ...readDiskRoom(folder),
  };
}
