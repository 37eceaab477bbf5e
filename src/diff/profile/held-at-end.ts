/** What the heap at the end of a session holds, where there is no snapshot of its beginning to compare it with. */
import type { Heap } from '../../heap/heap';
import { type OpenHeapOptions, openHeap } from '../../heap/open-heap';
import { pairClasses } from '../constructors';
import { findCrowds, findHeldGrowth } from '../suspects/find-suspects';
import { pairHeaps, rootGroup } from '../suspects/groups';
import { Side } from '../suspects/side';
import type { HeapDiff, HeldAtEnd } from '../types';

/** Holders that are reported: every heap has some that are as they should be. */
const MOST_HOLDERS = 3;

/** Adds the largest holders of the snapshot in `file` to a report. Throws HeapdiffError for one that cannot be read. */
export async function addHolders(diff: HeapDiff, file: string, options: OpenHeapOptions = {}): Promise<HeapDiff> {
  const heap = await openHeap(file, options);
  options.onProgress?.('finding holders', 1);
  return { ...diff, holders: findHolders(heap) };
}

/** The largest accumulations of one heap. They partition it as suspects partition growth: no byte counts twice. */
export function findHolders(heap: Heap): HeldAtEnd[] {
  const pair = pairHeaps(heap, heap, pairClasses(heap, heap));
  // Against nothing, everything is growth.
  const crowds = findCrowds(pair, { ...rootGroup(pair), before: new Side() });
  const held = findHeldGrowth({ pair, crowds, comparable: false });
  return held.slice(0, MOST_HOLDERS).map((growth) => ({
    bytes: growth.growthBytes,
    share: growth.growthBytes / heap.totalBytes,
    count: growth.growthCount,
    constructor: growth.constructor,
    holder: growth.holder,
  }));
}
