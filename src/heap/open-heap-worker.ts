/** A thread that opens one heap, hands it over and begins to look into the other one: see `openPair`. */
import { on } from 'node:events';
import { parentPort, workerData } from 'node:worker_threads';
import { HeapdiffError } from '../errors';
import { BitVector } from './bit-vector';
import type { ClassTable } from './classes';
import { type ClassifiedNodes, classifyNodes, countForeign, type ForeignCounts } from './foreign-nodes';
import { IdSet, type PackedIds } from './id-set';
import { loadHeap } from './open-heap';
import { RetainerSearch, type SearchState } from './retainer-search';
import type { ShapeDefinition } from './shapes';
import { type PackedGraph, type PackedHeap, packHeap, unpackGraph } from './transfer';

/** What the thread says. Errors travel as their parts: a class does not survive cloning. */
export type WorkerMessage =
  | { readonly kind: 'progress'; readonly step: string; readonly share: number }
  | { readonly kind: 'shapes'; readonly shapes: readonly ShapeDefinition[] }
  | { readonly kind: 'heap'; readonly heap: PackedHeap; readonly classes: ClassTable }
  | { readonly kind: 'ids'; readonly ids: PackedIds; readonly foreign: ForeignCounts }
  | { readonly kind: 'retainers'; readonly state: SearchState }
  | { readonly kind: 'fault'; readonly code: HeapdiffError['code']; readonly details: HeapdiffError['details'] };

const tell = (message: WorkerMessage) => parentPort!.postMessage(message);

/** What the thread is told, in this order. */
export type WorkerOrder =
  | { readonly kind: 'group'; readonly shapes: readonly ShapeDefinition[] }
  | {
      /** To compare its own heap's ids with those of the other one, and to search that for retainers. */
      readonly kind: 'look into other';
      readonly graph: PackedGraph;
      readonly nodes: ClassifiedNodes;
      readonly essential: Uint32Array;
      /** Not 0: stop, and tell how far the search came. */
      readonly stop: Int32Array;
    };

type OrderOf<Kind> = Extract<WorkerOrder, { readonly kind: Kind }>;

/** Opens the heap, tells its shapes, and does what it is told then. */
async function serve(file: string): Promise<void> {
  try {
    const heap = await loadHeap(file, { onProgress: (step, share) => tell({ kind: 'progress', step, share }) });
    const orders = on(parentPort!, 'message') as AsyncIterable<[WorkerOrder]>;
    tell({ kind: 'shapes', shapes: heap.shapes });
    const { ids } = heap; // built while the other heap is still being opened
    let nodes: ClassifiedNodes | null = null;
    for await (const [order] of orders) {
      if (order.kind === 'group') {
        const classes = heap.groupByShapes(order.shapes);
        nodes = classifyNodes(heap, classes);
        tell({ kind: 'heap', heap: packHeap(heap), classes });
      } else lookInto(order, { ids, nodes: nodes! });
    }
  } catch (error) {
    if (!(error instanceof HeapdiffError)) throw error;
    tell({ kind: 'fault', code: error.code, details: error.details });
  }
}

function lookInto(
  { graph: packed, nodes, essential, stop }: OrderOf<'look into other'>,
  own: { readonly ids: IdSet; readonly nodes: ClassifiedNodes },
): void {
  const graph = unpackGraph(packed);
  const ids = IdSet.build(graph);
  const foreign = { added: countForeign(nodes, own.ids), removed: countForeign(own.nodes, ids) };
  tell({ kind: 'ids', ids: ids.pack(), foreign });
  const search = new RetainerSearch({ graph, essential: new BitVector(graph.edgeCount, essential) });
  search.advance(() => Atomics.load(stop, 0) !== 0);
  tell({ kind: 'retainers', state: search.state });
}

void serve(workerData.file);
