/** The verdict on growth outside of the JavaScript heap. */
import { formatCount } from '../../format-numbers';
import type { OffHeapGrowth } from '../off-heap';
import { describeHolder, megabytes } from '../suspect-text';
import type { Verdict } from '../types';
import { type Evidence, LEAK_BYTES, MOSTLY_OUTSIDE, type Subject } from './evidence';
import { growsLate, keepsGrowing } from './floor-words';
import { leakOutside } from './sentences';

/** RSS breathes by this much without any cause. */
const RSS_NOISE_BYTES = 24 * 1024 * 1024;
/** What another thread has done with counts until it collects its garbage, which V8 asks for after some tens of MB. */
export const TRANSFERRED_BYTES = 32 * 1024 * 1024;

/** The floor does not see it; only where what holds it is large enough itself does the floor tell whether it goes on. */
export function judgeHeldOutside(subject: Subject | undefined, evidence: Evidence): Verdict {
  const { trend, trendOutside, offHeap, outside } = evidence;
  const isCrowd = subject !== undefined && subject.suspect.growthCount > 0;
  const own = outside[0] ?? 0;
  const bytes = Math.max(own, offHeap.held);
  const goesOnOutside = keepsGrowing(trendOutside, bytes);
  if (isCrowd && own >= offHeap.held * MOSTLY_OUTSIDE && goesOnOutside) return leakOutside(subject.suspect, own, true);
  const held = subject ? `, held by ${describeHolder(subject.suspect)}` : '';
  const kind = offHeap.strings > offHeap.held / 2 ? 'large external strings' : 'Buffers and ArrayBuffers';
  const what =
    offHeap.held >= own * MOSTLY_OUTSIDE
      ? `${megabytes(offHeap.held)} more memory behind ${kind}`
      : `${megabytes(own)} more native memory`;
  const goesOn = subject && subject.inFloor >= LEAK_BYTES && trend.kind === 'rising' && growsLate(subject, trend);
  // One store may have doubled, and stand still until it is full.
  const hasFilled = isCrowd && trendOutside.kind === 'levelled' && trendOutside.riseBytes >= bytes / 2;
  const levelled = hasFilled ? ', but it levelled off: a cache or a pool that filled' : '';
  const course = goesOnOutside ? ': it keeps growing with the work' : levelled;
  const summary = `${what}, outside the JS heap${held}${course}.`;
  return { kind: 'off-heap', confidence: goesOn || goesOnOutside ? 'high' : 'medium', summary };
}

export function isOutside({ totalBytes, offHeap, record }: Evidence): boolean {
  // Without the reading after the first capture, RSS growth is mostly the capture's own.
  if (offHeap.unexplained === null || record?.before.rssAfterCapture === undefined) return false;
  return offHeap.unexplained >= RSS_NOISE_BYTES && offHeap.unexplained >= 4 * Math.max(totalBytes, 0);
}

export function judgeUnexplained({ offHeap: { unexplained, external, workers, moreWorkers } }: Evidence): Verdict {
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

export function judgeTransferred({ transferred }: OffHeapGrowth): Verdict {
  const summary =
    `${megabytes(transferred)} more of ArrayBuffers that this thread has transferred away: a worker or a port has them, ` +
    'unread or kept. Capture the worker that they went to.';
  return { kind: 'off-heap', confidence: 'medium', summary };
}
