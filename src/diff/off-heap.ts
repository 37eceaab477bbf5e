/** Memory outside V8's heap: what backs Buffers and WebAssembly, and what no JavaScript object accounts for. */

import { positionsOf } from '../heap/columns';
import { subtreeEnd } from '../heap/dominators';
import type { Heap } from '../heap/heap';
import type { SessionEnd, SessionRecord } from '../session';
import { explainMemory } from './memory';
import { type HeapPair, shallowGrowthOf } from './suspects/groups';
import type { HeldGrowth } from './suspects/held-growth';

/** How much grew outside the JS heap, bytes. */
export interface OffHeapGrowth {
  /** Backing stores of ArrayBuffers, external strings: snapshots show who holds them. */
  readonly held: number;
  /** Of that, texts of strings; 0 before Node 24, whose snapshots do not tell. */
  readonly strings: number;
  /** RSS that neither the JS heap nor what it holds outside explains; null without a record. */
  readonly unexplained: number | null;
  /** Of that, what V8 counts as held by its heap, but no snapshot shows: external strings, native memory of objects. */
  readonly external: number;
  /** ArrayBuffers that this thread has made and given away: V8 counts them no more, whoever has them keeps them alive. */
  readonly transferred: number;
  /** Worker threads that run at the end, each with a heap of its own. */
  readonly workers: number;
  /** How many more there are than before. */
  readonly moreWorkers: number;
}

const WORKER = 'Node / Worker';
/** Names of nodes whose size lies outside of V8's heap. */
const OUTSIDE = ['system / JSArrayBufferData', 'system / ExternalStringData'] as const;

export function measureOffHeap(before: Heap, after: Heap, record: SessionRecord | null): OffHeapGrowth {
  const strings = sumStrings(after) - sumStrings(before);
  const workers = countWorkers(after);
  const threads = { workers, moreWorkers: workers - countWorkers(before) };
  const held = strings + sumStores(after) - sumStores(before);
  if (!record) return { held, strings, ...threads, unexplained: null, external: 0, transferred: 0 };
  const { rssDelta, explained } = explainMemory(record);
  const inHeap = Math.max(0, explained.jsHeapLive) + Math.max(0, explained.jsHeapFree);
  return {
    held,
    strings,
    ...threads,
    unexplained: rssDelta - inHeap - Math.max(0, explained.arrayBuffers),
    external: explained.external,
    transferred: countTransferred(record.after) - countTransferred(record.before),
  };
}

/** Node counts an ArrayBuffer until it is freed, V8 until it leaves the thread: garbage is in both counts. */
const countTransferred = ({ memory: { process } }: SessionEnd) => Math.max(0, process.arrayBuffers - process.external);

/** Node's side of a Worker lives as long as its thread, whoever has forgotten the JavaScript object. */
function countWorkers({ graph }: Heap): number {
  const { nodes, nodeType, strings } = graph;
  const named = [...strings.indicesOf([WORKER])[WORKER]].flatMap((name) => [...positionsOf(nodes.name, name)]);
  return named.filter((node) => nodes.type[node] !== nodeType.string).length;
}

const sumStrings = (heap: Heap) => heap.externalStrings.reduce((sum, ordinal) => sum + heap.shallowOf(ordinal), 0);

function sumStores(heap: Heap): number {
  const { nodes, nodeType, strings } = heap.graph;
  const names = strings.indicesOf(OUTSIDE);
  let sum = 0;
  for (const ordinal of positionsOf(nodes.type, nodeType.native)) {
    const name = nodes.name[ordinal]!;
    if (names[OUTSIDE[0]].has(name) || names[OUTSIDE[1]].has(name)) sum += heap.shallowOf(ordinal);
  }
  return sum;
}

/** Measures, of the growth of suspects, the bytes that lie outside of V8's heap: its floor does not see them. */
export function createOutsideMeter(pair: HeapPair): (growth: HeldGrowth) => number {
  const { before, after } = pair;
  const below = { before: createOutsideSum(before.heap), after: createOutsideSum(after.heap) };
  return ({ crowds, growthBytes }) => {
    const outside = crowds.reduce((sum, crowd) => {
      const { group } = crowd;
      const isInPlace = crowd.growthBytes === shallowGrowthOf(group);
      return sum + below.after(group.after.nodes, isInPlace) - below.before(group.before.nodes, isInPlace);
    }, 0);
    return Math.min(growthBytes, Math.max(0, outside));
  };
}

/**
 * Sums what V8 calls native, and texts outside, below nodes, once where some hold others; of nodes that grew in place, in
 * themselves only.
 */
function createOutsideSum(heap: Heap): (nodes: Uint32Array, isInPlace: boolean) => number {
  const { graph, tree, externalStrings } = heap;
  /** In the order of the tree: of each, what lies below it comes next. */
  const sorted = (nodes: Uint32Array) => nodes.map((node) => tree.position[node]!).sort();
  const natives = sorted(
    Uint32Array.from([...positionsOf(graph.nodes.type, graph.nodeType.native), ...externalStrings]),
  );
  if (natives.length === 0) return () => 0;
  return (nodes, isInPlace) => {
    let sum = 0;
    let next = 0;
    for (const start of sorted(nodes)) {
      const end = isInPlace ? start + 1 : subtreeEnd(tree, start);
      while (next < natives.length && natives[next]! < start) next++;
      for (; next < natives.length && natives[next]! < end; next++) sum += heap.shallowOf(tree.at[natives[next]!]!);
    }
    return sum;
  };
}
