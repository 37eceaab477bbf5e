/** The memory ledger: where the growth of the process lies. Its parts sum to RSS at both ends, and so does their growth. */
import type { Heap } from '../heap/heap';
import type { MemoryLedger, SessionEnd, SessionRecord } from '../session';
import type { MemoryGrowth, MemoryPart, MemoryPartName } from './types';

/** Bytes of live objects inside V8's heap, by snapshots; without them garbage not yet collected counts as live. */
export interface LiveHeap {
  readonly before: number;
  readonly after: number;
}

/** RSS breathes by this much without any cause: no part is named for less. */
const RSS_NOISE_BYTES = 8 * 1024 * 1024;
/** A part is named as the one that grew from this share of the growth on. */
const NAMED_SHARE = 0.4;

/**
 * Splits RSS, bytes: live JS heap, compiled code, committed but free JS heap, ArrayBuffers, other external memory, what
 * V8 has allocated beside its heap, and the rest: allocators, addons, ICU, stacks, the binary itself.
 */
export function explainMemory(record: SessionRecord, live: LiveHeap | null = null): MemoryGrowth {
  const { before, after } = record;
  const beforeSizes = splitMemory(before, live?.before ?? null);
  const afterSizes = splitMemory(after, live?.after ?? null);
  const parts = PART_NAMES.map((name): MemoryPart => {
    const [from, to] = [beforeSizes[name], afterSizes[name]];
    return { name, before: from, after: to, delta: to - from };
  });
  const delta = Object.fromEntries(parts.map((part) => [part.name, part.delta])) as Record<MemoryPartName, number>;
  const rssBefore = startingRss(before);
  const rssDelta = after.memory.process.rss - rssBefore;
  const { unexplained, code, jsHeapLive, jsHeapFree, arrayBuffers, external, native } = delta;
  return {
    rssDelta,
    explained: { jsHeapLive: jsHeapLive + code, jsHeapFree, arrayBuffers, external, native },
    unexplained,
    rssBefore,
    rssAfter: after.memory.process.rss,
    parts,
    grew: knowsStart(record) ? nameGrowth(parts, rssDelta) : null,
  };
}

/** Without a reading after the first capture growth of RSS is mostly the capture's own. */
const knowsStart = ({ before, captureMode }: SessionRecord) =>
  before.rssAfterCapture !== undefined || captureMode === 'profile';

const PART_NAMES: readonly MemoryPartName[] = [
  'jsHeapLive',
  'code',
  'jsHeapFree',
  'arrayBuffers',
  'external',
  'native',
  'unexplained',
];

/** A capture leaves freed memory with the process: growth counts from after it. */
function startingRss({ memory, rssAfterCapture }: SessionEnd): number {
  return rssAfterCapture ?? memory.process.rss;
}

function splitMemory(end: SessionEnd, liveBytes: number | null): Record<MemoryPartName, number> {
  const { process, heap, spaces } = end.memory;
  const code = sumCode(spaces);
  const live = liveBytes ?? process.heapUsed;
  // What V8 has touched of what it reserved; older records lack it.
  const committed = heap.total_physical_size ?? process.heapTotal;
  const sizes = {
    jsHeapLive: live - code,
    code,
    jsHeapFree: committed - live,
    arrayBuffers: process.arrayBuffers,
    external: Math.max(0, process.external - process.arrayBuffers), // without those that were given away
    native: heap.malloced_memory ?? 0,
  };
  const sum = Object.values(sizes).reduce((total, bytes) => total + bytes, 0);
  return { ...sizes, unexplained: startingRss(end) - sum };
}

/** Compiled code that is in V8's heap; the binary's own is in the rest. */
function sumCode(spaces: MemoryLedger['spaces'] | undefined): number {
  const ofCode = (spaces ?? []).filter(({ space_name: name }) => name.startsWith('code_'));
  return ofCode.reduce((sum, { space_used_size: bytes }) => sum + bytes, 0);
}

/** The part that most of the growth lies in; null when RSS hardly grew, or grew in many parts a little. */
function nameGrowth(parts: readonly MemoryPart[], rssDelta: number): MemoryPartName | null {
  if (rssDelta < RSS_NOISE_BYTES) return null;
  const largest = [...parts].sort((a, b) => b.delta - a.delta)[0]!;
  return largest.delta >= rssDelta * NAMED_SHARE ? largest.name : null;
}

/** Bytes of live objects inside V8's heap: what lies outside is in other parts of the ledger. */
export function measureLiveHeap(heap: Heap): number {
  const { nodes, nodeType, nodeCount } = heap.graph;
  let sum = 0;
  for (let ordinal = 0; ordinal < nodeCount; ordinal++) {
    if (nodes.type[ordinal] !== nodeType.native) sum += heap.shallowOf(ordinal);
  }
  return heap.externalStrings.reduce((left, ordinal) => left - heap.shallowOf(ordinal), sum);
}

/** What a reader of the ledger should know about the record. */
export function noteMemory({ before, captureMode }: SessionRecord): string[] {
  const { rssAfterCapture, memory } = before;
  if (captureMode === 'profile') return [];
  if (rssAfterCapture === undefined) {
    return ['Growth of RSS includes what earlier captures left behind with the process; how much is not known.'];
  }
  const left = rssAfterCapture - memory.process.rss;
  if (left < RSS_NOISE_BYTES) return [];
  const size = `${(left / 1e6).toFixed(1)} MB`;
  return [`The first capture itself left ${size} of freed memory with the process: the ledger counts from after it.`];
}
