/**
 * What the memory of this process is made of at one moment. Read before the capture of that moment, never after:
 * a snapshot leaves RSS high for good.
 */
import fs from 'node:fs';
import type { HeapSpace, MemoryLedger } from '../session';
import { readCgroupMemory } from './cgroup';

const ROLLUP = '/proc/self/smaps_rollup';

/** Resolves to the ledger; what this machine does not tell is null. */
export async function readLedger(): Promise<MemoryLedger> {
  // In a thread of its own: the kernel walks all pages for it, tens of milliseconds when there are gigabytes.
  return composeLedger(await fs.promises.readFile(ROLLUP, 'utf8').catch(() => ''));
}

/** The same without a turn of the event loop. */
export function readLedgerSync(): MemoryLedger {
  let rollup = '';
  try {
    rollup = fs.readFileSync(ROLLUP, 'utf8');
  } catch {
    // This machine does not tell.
  }
  return composeLedger(rollup);
}

function composeLedger(rollup: string): MemoryLedger {
  const v8 = require('node:v8') as typeof import('node:v8');
  return {
    process: process.memoryUsage(),
    heap: v8.getHeapStatistics() as unknown as Record<string, number>,
    spaces: v8.getHeapSpaceStatistics() as HeapSpace[],
    rollup: parseRollup(rollup),
    cgroup: readCgroupMemory(),
  };
}

/** Sums of /proc/self/smaps_rollup in bytes; the file has kibibytes. Null when it has no Rss. */
export function parseRollup(text: string): MemoryLedger['rollup'] {
  const read = (field: string) => 1024 * Number(new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(text)?.[1] ?? 0);
  const rss = read('Rss');
  if (rss === 0) return null;
  return { rss, pss: read('Pss'), uss: read('Private_Clean') + read('Private_Dirty') };
}
