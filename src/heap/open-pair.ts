/** Two heaps at once: the first in a thread of its own, the second in this one. */
import fs from 'node:fs';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { HeapdiffError } from '../errors';
import type { ClassTable } from './classes';
import { classifyNodes } from './foreign-nodes';
import type { Graph } from './graph';
import type { Heap } from './heap';
import { IdSet } from './id-set';
import { availableMemory, estimateNeed, planPair } from './memory-budget';
import { loadHeap, type OpenHeapOptions } from './open-heap';
import type { WorkerMessage, WorkerOrder } from './open-heap-worker';
import { beginSearch } from './retainer-search';
import { mergeShapes, type ShapeDefinition } from './shapes';
import { packGraph, unpackHeap } from './transfer';

/** Below this a thread takes longer to start than it saves. */
const WORTH_A_THREAD_BYTES = 24 * 1024 * 1024;
const WORKER_FILE = path.join(__dirname, 'open-heap-worker.js');

/**
 * Opens both files. Throws HeapdiffError for the first that is no complete snapshot, and OUT_OF_MEMORY, before it
 * begins, when they are too large.
 */
export async function openPair(before: string, after: string, options: OpenHeapOptions = {}): Promise<[Heap, Heap]> {
  const report = options.onProgress ?? (() => undefined);
  const progress = (which: string): OpenHeapOptions => ({
    onProgress: (step, share) => report(`${step} ${which}`, share),
  });
  const available = availableMemory(options.maxMemory);
  const plan = planPair(await estimateNeed(before), await estimateNeed(after), available);
  if (plan === 'in turn' || !isWorthThread(before) || !isWorthThread(after)) {
    const first = await loadHeap(before, progress('before'));
    return [first, await loadHeap(after, progress('after'))];
  }
  const thread = new HeapThread(before, progress('before'));
  let isSearching = false;
  try {
    // Settled one after the other: an error of either must not leave the other promise without a listener.
    const loading = loadHeap(after, progress('after'), (graph) => thread.offerIds(graph)).finally(() =>
      thread.endIdle(),
    );
    const [shapes, second] = await Promise.allSettled([thread.shapes, loading]);
    if (shapes.status === 'rejected') throw shapes.reason;
    if (second.status === 'rejected') throw second.reason;
    const heap = second.value;
    const merged = mergeShapes(shapes.value, heap.shapes);
    const first = thread.finish(merged);
    const classes = heap.groupByShapes(merged); // while the thread does the same
    const opened: [Heap, Heap] = [await first, heap];
    // The thread has nothing to do while this one compares: it compares ids, and looks for retainers already.
    Object.assign(heap, thread.lookInto(heap, classes, opened[0].graph.scratch.take()));
    isSearching = true;
    return opened;
  } finally {
    if (!isSearching) await thread.end();
  }
}

/** Standard input belongs to this thread, and tests run from sources that no thread could load. */
function isWorthThread(file: string): boolean {
  if (file === '-' || !fs.existsSync(WORKER_FILE)) return false;
  return (fs.statSync(file, { throwIfNoEntry: false })?.size ?? 0) >= WORTH_A_THREAD_BYTES;
}

/** A thread with one heap. */
class HeapThread {
  /** The shapes of its heap, when that is open. */
  readonly shapes: Promise<readonly ShapeDefinition[]>;
  private readonly worker: Worker;
  /** Not 0: it is waited for. */
  private readonly isAwaited = new Int32Array(new SharedArrayBuffer(4));

  constructor(file: string, { onProgress }: OpenHeapOptions) {
    this.worker = new Worker(WORKER_FILE, { workerData: { file } });
    this.shapes = this.receive((message) => {
      if (message.kind === 'progress') onProgress?.(message.step, message.share);
      return message.kind === 'shapes' ? message.shapes : null;
    });
  }

  /** Gives it the ids of another heap to compare with its own while that one is still being opened. */
  offerIds({ nodes }: Graph): void {
    this.tell({ kind: 'compare ids', id: nodes.id, isAwaited: this.isAwaited });
  }

  /** From now on there are more urgent things to do. */
  endIdle(): void {
    Atomics.store(this.isAwaited, 0, 1);
  }

  /** Has the heap grouped by the shapes of the pair, and takes it over. */
  finish(shapes: readonly ShapeDefinition[]): Promise<Heap> {
    this.tell({ kind: 'group', shapes });
    return this.receive((message) => {
      if (message.kind !== 'heap') return null;
      const heap = unpackHeap(message.heap);
      heap.adoptGroups(shapes, message.classes);
      return heap;
    });
  }

  /**
   * Has ids compared with those of another heap, and that one's retaining tree searched, which ends the thread. Returns
   * what waits for the one, and what stops the other and has the heap take it over; should the thread fail, whoever
   * needs either begins anew.
   */
  lookInto(heap: Heap, classes: ClassTable, line: Uint32Array): Pick<Heap, 'joinIdComparison' | 'joinRetainerSearch'> {
    const stop = new Int32Array(new SharedArrayBuffer(4));
    const search = beginSearch(heap.graph, line);
    const [graph, nodes] = [packGraph(heap.graph), classifyNodes(heap, classes)];
    this.tell({ kind: 'look into other', graph, nodes, essential: heap.essential.words, search, stop });
    const comparison = this.receive((message) => (message.kind === 'ids' ? message : null))
      .then(({ ids, foreign }) => {
        heap.adoptIds(IdSet.unpack(ids));
        return foreign;
      })
      .catch(() => null);
    const searched = this.receive((message) => (message.kind === 'retainers' ? message : null))
      .then(({ line, open }) => heap.adoptRetainerSearch({ ...search, line, open }))
      .catch(() => undefined)
      .finally(() => this.end());
    return {
      joinIdComparison: () => comparison,
      joinRetainerSearch: () => {
        Atomics.store(stop, 0, 1);
        return searched;
      },
    };
  }

  async end(): Promise<void> {
    await this.worker.terminate();
  }

  private tell(order: WorkerOrder): void {
    this.worker.postMessage(order);
  }

  /** Waits for the first message that `read` makes something of. */
  private receive<T>(read: (message: WorkerMessage) => T | null): Promise<T> {
    const { worker } = this;
    return new Promise((resolve, reject) => {
      const onMessage = (message: WorkerMessage) => {
        if (message.kind === 'fault') reject(new HeapdiffError(message.code, message.details));
        const value = read(message);
        if (value === null) return;
        worker.off('message', onMessage);
        resolve(value);
      };
      worker.on('message', onMessage);
      worker.once('error', reject);
      worker.once('exit', (code) => reject(new Error(`the thread that read a snapshot ended with ${code}`)));
    });
  }
}
