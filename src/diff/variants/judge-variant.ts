/**
 * What a variant's growth is: a leak, memory that an allocator keeps, warm-up, or nothing. The report of its session
 * decides about the heap; the memory ledger decides what RSS grew by that the heap does not explain.
 */
import type { SessionRecord } from '../../session';
import { findTrend } from '../trend';
import type { HeapDiff, MemoryGrowth, Verdict } from '../types';
import type { VariantVerdict } from './variant-types';

/** Free memory that explains so much of the growth of RSS is its cause. */
const EXPLAINING_SHARE = 0.6;

/** `growth`: of the live heap, bytes. */
export function judgeVariant(diff: HeapDiff, record: SessionRecord | null, growth: number): VariantVerdict {
  const { verdict, memory } = diff;
  if (verdict.kind === 'leak') return { ...verdict, kind: 'leak' };
  const ofProcess = memory && record ? judgeProcess(memory, record, { diff, growth }) : null;
  if (ofProcess) return ofProcess;
  if (verdict.kind === 'off-heap') return { ...verdict, kind: 'off-heap' };
  return judgeHeap(verdict, record);
}

/** What RSS grew by, when that was not the live heap; null when it was, or when RSS hardly grew. */
function judgeProcess(
  memory: MemoryGrowth,
  record: SessionRecord,
  { diff, growth }: { readonly diff: HeapDiff; readonly growth: number },
): VariantVerdict | null {
  const { grew, rssDelta } = memory;
  if (grew === null) return null;
  const deltaOf = (name: typeof grew) => memory.parts.find((part) => part.name === name)!.delta;
  const isSteady = diff.verdict.kind === 'steady';
  // Without snapshots garbage that waits for its collection counts as live; the floor knows better.
  const isGarbage = grew === 'jsHeapLive' && isSteady && diff.after.nodes === 0;
  const free = deltaOf('jsHeapFree') + (isGarbage ? deltaOf('jsHeapLive') : 0);
  if ((grew === 'jsHeapFree' || isGarbage) && free >= rssDelta * EXPLAINING_SHARE) {
    return retention(
      `RSS grew by ${megabytes(rssDelta)}, ${megabytes(free)} of it room in the JS heap that is free or garbage: V8 keeps ` +
        `it for the next burst. The live heap grew by ${megabytes(growth)} only.`,
      'high',
    );
  }
  if (grew !== 'unexplained' && grew !== 'native') return null;
  const unexplained = deltaOf('unexplained') + Math.max(0, deltaOf('native'));
  const freed = freedByV8(record);
  if (freed >= unexplained * EXPLAINING_SHARE) {
    return retention(
      `RSS grew by ${megabytes(rssDelta)} outside the JS heap. V8 itself had ${megabytes(freed)} allocated there in ` +
        'between and has freed it: malloc keeps what was freed.',
      'medium',
    );
  }
  return {
    kind: 'unclear',
    confidence: 'low',
    summary:
      `RSS grew by ${megabytes(rssDelta)}, ${megabytes(unexplained)} of it neither in the JS heap nor behind its objects: ` +
      'native memory in use, or an allocator that keeps what was freed. The ledger cannot tell which: repeat it with ' +
      'MALLOC_ARENA_MAX=2 or with jemalloc. What an allocator keeps shrinks then, what is in use does not.',
  };
}

/** What V8 had allocated with malloc at its peak in the window, and no longer has; bytes. */
function freedByV8({ before, after }: SessionRecord): number {
  const peak = after.memory.heap.peak_malloced_memory ?? 0;
  const isOfWindow = peak > (before.memory.heap.peak_malloced_memory ?? peak);
  return isOfWindow ? peak - (after.memory.heap.malloced_memory ?? peak) : 0;
}

function judgeHeap(verdict: Verdict, record: SessionRecord | null): VariantVerdict {
  if (verdict.kind === 'steady') return { ...verdict, kind: 'steady' };
  const trend = findTrend(record);
  // Emptied from time to time: it has a bound.
  if (trend.kind === 'emptied') return { ...verdict, kind: 'steady' };
  if (trend.kind === 'levelled') return { ...verdict, kind: 'warm-up' };
  return { ...verdict, kind: verdict.confidence === 'low' ? 'unclear' : 'warm-up' };
}

const retention = (summary: string, confidence: Verdict['confidence']): VariantVerdict => {
  return { kind: 'retention', confidence, summary };
};

const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;
