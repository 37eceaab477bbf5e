/** Memory outside V8's heap: what backs Buffers and WebAssembly, and what no JavaScript object accounts for. */
import { positionsOf } from '../heap/columns';
import type { Heap } from '../heap/heap';
import type { SessionRecord } from '../session';
import { explainMemory } from './memory';

/** How much grew outside the JS heap, bytes. */
export interface OffHeapGrowth {
  /** Backing stores of ArrayBuffers, external strings: snapshots show who holds them. */
  readonly held: number;
  /** RSS that neither the JS heap nor what it holds outside explains; null without a record. */
  readonly unexplained: number | null;
}

/** Names of nodes whose size lies outside of V8's heap. */
const OUTSIDE = ['system / JSArrayBufferData', 'system / ExternalStringData'] as const;

export function measureOffHeap(before: Heap, after: Heap, record: SessionRecord | null): OffHeapGrowth {
  const held = sumOutside(after) - sumOutside(before);
  if (!record) return { held, unexplained: null };
  const { rssDelta, explained } = explainMemory(record);
  const inHeap = Math.max(0, explained.jsHeapLive) + Math.max(0, explained.jsHeapFree);
  return { held, unexplained: rssDelta - inHeap - Math.max(0, explained.arrayBuffers) };
}

function sumOutside({ graph }: Heap): number {
  const { nodes, nodeType, strings } = graph;
  const names = strings.indicesOf(OUTSIDE);
  let sum = 0;
  for (const ordinal of positionsOf(nodes.type, nodeType.native)) {
    const name = nodes.name[ordinal]!;
    if (names[OUTSIDE[0]].has(name) || names[OUTSIDE[1]].has(name)) sum += nodes.selfSize[ordinal]!;
  }
  return sum;
}
