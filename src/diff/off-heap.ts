/** Memory outside V8's heap: what backs Buffers and WebAssembly, and what no JavaScript object accounts for. */
import { positionsOf } from '../heap/columns';
import type { Heap } from '../heap/heap';
import type { SessionRecord } from '../session';
import { explainMemory } from './memory';
import type { Crowd } from './suspects/crowd';
import type { HeapPair } from './suspects/groups';
import type { HeldGrowth } from './suspects/held-growth';

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

/** Of a suspect's growth, the bytes that lie outside of V8's heap: its floor does not see them. */
export function measureOutside({ before, after }: HeapPair, { crowds, growthBytes }: HeldGrowth): number {
  const outside = crowds.reduce((sum, crowd) => {
    const { group } = crowd;
    return (
      sum + nativeBelow(after.heap, group.after.nodes, crowd) - nativeBelow(before.heap, group.before.nodes, crowd)
    );
  }, 0);
  return Math.min(growthBytes, Math.max(0, outside));
}

/** What V8 calls native below `nodes`, once where some hold others; of a crowd that grew in place, in themselves only. */
function nativeBelow({ graph, tree }: Heap, nodes: Uint32Array, { growthBytes, group }: Crowd): number {
  const { type, selfSize } = graph.nodes;
  const isInPlace = growthBytes === group.after.shallow - group.before.shallow;
  let sum = 0;
  let end = 0;
  for (const position of Uint32Array.from(nodes, (node) => tree.position[node]!).sort()) {
    if (position < end) continue;
    end = position + (isInPlace ? 1 : tree.size[position]!);
    for (let at = position; at < end; at++) {
      const node = tree.at[at]!;
      if (type[node] === graph.nodeType.native) sum += selfSize[node]!;
    }
  }
  return sum;
}
