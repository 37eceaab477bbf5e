/** A thread that opens one heap, hands it over and begins to search the other one's retaining tree: see `openPair`. */
import { on } from 'node:events';
import { parentPort, workerData } from 'node:worker_threads';
import { HeapdiffError } from '../errors';
import { BitVector } from './bit-vector';
import type { ClassTable } from './classes';
import type { Heap } from './heap';
import { loadHeap } from './open-heap';
import { RetainerSearch, type SearchState } from './retainer-search';
import type { ShapeDefinition } from './shapes';
import { type PackedGraph, type PackedHeap, packHeap, unpackGraph } from './transfer';

/** What the thread says. Errors travel as their parts: a class does not survive cloning. */
export type WorkerMessage =
  | { readonly kind: 'progress'; readonly step: string; readonly share: number }
  | { readonly kind: 'shapes'; readonly shapes: readonly ShapeDefinition[] }
  | { readonly kind: 'heap'; readonly heap: PackedHeap; readonly classes: ClassTable }
  | { readonly kind: 'retainers'; readonly state: SearchState }
  | { readonly kind: 'fault'; readonly code: HeapdiffError['code']; readonly details: HeapdiffError['details'] };

const tell = (message: WorkerMessage) => parentPort!.postMessage(message);

/** What the thread is told, in this order. */
export type WorkerOrder =
  | { readonly kind: 'group'; readonly shapes: readonly ShapeDefinition[] }
  | {
      readonly kind: 'search retainers';
      readonly graph: PackedGraph;
      readonly essential: Uint32Array;
      /** Not 0: stop, and tell how far the search came. */
      readonly stop: Int32Array;
    };

/** Opens the heap, tells its shapes, and does what it is told then. */
async function serve(file: string): Promise<void> {
  try {
    let heap: Heap | null = await loadHeap(file, {
      onProgress: (step, share) => tell({ kind: 'progress', step, share }),
    });
    const orders = on(parentPort!, 'message') as AsyncIterable<[WorkerOrder]>;
    tell({ kind: 'shapes', shapes: heap.shapes });
    heap.ids; // built while the other heap is still being opened
    for await (const [order] of orders) {
      if (order.kind === 'group') {
        const classes = heap!.groupByShapes(order.shapes);
        tell({ kind: 'heap', heap: packHeap(heap!), classes });
        heap = null;
      } else {
        const graph = unpackGraph(order.graph);
        const essential = new BitVector(graph.edgeCount, order.essential);
        const search = new RetainerSearch({ graph, essential });
        search.advance(() => Atomics.load(order.stop, 0) !== 0);
        tell({ kind: 'retainers', state: search.state });
      }
    }
  } catch (error) {
    if (!(error instanceof HeapdiffError)) throw error;
    tell({ kind: 'fault', code: error.code, details: error.details });
  }
}

void serve(workerData.file);
