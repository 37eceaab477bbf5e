/** Whether heaps fit into memory, told before the work begins instead of by the kernel in its middle. */
import fs from 'node:fs';
import os from 'node:os';
import { HeapdiffError } from '../errors';
import { openSource } from './source';
import { MOST_NARROW } from './targets';

/** Bytes that opening a heap takes beside what the process has already. */
export interface MemoryNeed {
  readonly file: string;
  /** While the dominator tree is built. */
  readonly peak: number;
  /** Once the heap is open. */
  readonly kept: number;
}

/** A header that says how long the sections are stands in the first bytes of every known writer's files. */
const HEADER_BYTES = 1 << 16;
/** Buffers, code, and objects that V8 has not collected yet. */
const RUNTIME = 48 * 2 ** 20;
/** Columns: 11 bytes of the node itself, 2 of its first edge, 5 columns of results, which are scratch before. */
const BYTES_PER_NODE = 33;
/**
 * Label and target, a rare name for some, bits; at the peak predecessors of one in two, in the worst case. Their memory is not
 * given back, but what comes later is put there. A byte less where targets are narrow.
 */
const PEAK_PER_EDGE = 8.3;
const KEPT_PER_EDGE = 7.9;
/** Mean length of a row in a file: what is left of it are strings. */
const TEXT_PER_NODE = 26;
const TEXT_PER_EDGE = 13.5;
/** Bytes of a row of single digits with its commas: a header that claims more rows than fit is wrong. */
const SHORTEST_NODE = 10;
const SHORTEST_EDGE = 6;
/** No format compresses better than about a thousandfold. */
const BEST_COMPRESSION = 1100;
/** Of a compressed file, whose length does not tell, strings are kept. */
const STRINGS_PER_NODE = 10;
/** Of others only where each string is: five bytes, of strings that are twenty bytes long and more. */
const KEPT_OF_STRINGS = 0.25;

/** What opening a file will take, by the counts in its header; null when it cannot be told without reading it all. */
export async function estimateNeed(file: string): Promise<MemoryNeed | null> {
  if (!isRegularFile(file)) return null; // a pipe cannot be read twice
  const source = await openSource(file, HEADER_BYTES);
  let head = '';
  for await (const block of source.blocks()) {
    head = Buffer.from(block).toString('latin1');
    break;
  }
  const nodes = readCount(head, 'node_count');
  const edges = readCount(head, 'edge_count');
  const mostBytes = source.size! * (source.isCompressed ? BEST_COMPRESSION : 1);
  if (nodes === 0 || edges === 0 || nodes * SHORTEST_NODE + edges * SHORTEST_EDGE > mostBytes) return null;
  const strings = source.isCompressed
    ? nodes * STRINGS_PER_NODE
    : Math.max(0, source.size! - nodes * TEXT_PER_NODE - edges * TEXT_PER_EDGE) * KEPT_OF_STRINGS;
  const base = RUNTIME + nodes * BYTES_PER_NODE + strings - (nodes <= MOST_NARROW ? edges : 0);
  return { file, peak: base + edges * PEAK_PER_EDGE, kept: base + edges * KEPT_PER_EDGE };
}

/** Bytes this process may still take: of `limit` if there is one, else of what the machine or the cgroup has left. */
export function availableMemory(limit?: number): number {
  if (limit !== undefined) return limit - process.memoryUsage.rss();
  const { availableMemory: available = os.freemem } = process as { availableMemory?: () => number };
  return available();
}

/** Throws OUT_OF_MEMORY when a heap needs more than is available. */
export function requireMemory(need: MemoryNeed | null, available: number): void {
  if (need && need.peak > available) throw outOfMemory(need.file, need.peak, available);
}

/**
 * Whether two heaps may be opened at once, each in a thread, or only in turn.
 * Throws OUT_OF_MEMORY when not even that fits.
 */
export function planPair(
  before: MemoryNeed | null,
  after: MemoryNeed | null,
  available: number,
): 'at once' | 'in turn' {
  if (!before || !after || before.peak + after.peak <= available) return 'at once';
  const least = Math.max(before.peak, before.kept + after.peak);
  if (least > available) throw outOfMemory(`${before.file} with ${after.file}`, least, available);
  return 'in turn';
}

function isRegularFile(file: string): boolean {
  try {
    return file !== '-' && fs.statSync(file).isFile();
  } catch {
    return false; // opening it tells why
  }
}

/** 0 when the header does not say. */
function readCount(head: string, name: string): number {
  return Number(new RegExp(`"${name}"\\s*:\\s*(\\d{1,15})`).exec(head)?.[1] ?? 0);
}

function outOfMemory(file: string, needs: number, available: number): HeapdiffError {
  const round = (bytes: number) => `${Math.max(0, Math.ceil(bytes / 2 ** 20))} MiB`;
  return new HeapdiffError('OUT_OF_MEMORY', { file, needs: round(needs), available: round(available) });
}
