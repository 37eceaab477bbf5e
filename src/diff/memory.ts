/** The memory ledger: where the growth of the process lies. Its parts sum to the growth of RSS. */
import type { MemoryLedger, SessionRecord } from '../session';
import type { MemoryGrowth } from './types';

/**
 * Splits RSS growth, bytes: live JS heap, committed but free JS heap, ArrayBuffers, other external memory, and the
 * native remainder (code, allocator, ICU ...). `unexplained` is what makes the parts sum to `rssDelta`.
 */
export function explainMemory({ before, after }: SessionRecord): MemoryGrowth {
  const delta = (read: (ledger: MemoryLedger) => number) => read(after.memory) - read(before.memory);
  // A capture leaves freed memory with the process: count from after it.
  const rssDelta = after.memory.process.rss - (before.rssAfterCapture ?? before.memory.process.rss);
  const jsHeapLive = delta(({ process }) => process.heapUsed);
  const jsHeapFree = delta(({ process }) => process.heapTotal - process.heapUsed);
  const arrayBuffers = delta(({ process }) => process.arrayBuffers);
  const external = delta(({ process }) => process.external - process.arrayBuffers);
  const native = delta(({ heap }) => heap.malloced_memory ?? 0);
  const explained = { jsHeapLive, jsHeapFree, arrayBuffers, external, native };
  const sum = jsHeapLive + jsHeapFree + arrayBuffers + external + native;
  return { rssDelta, explained, unexplained: rssDelta - sum };
}
