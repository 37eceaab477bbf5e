/** A thread that opens one heap, hands it over and begins to look into the other one: see `openPair`. */
import { on } from 'node:events';
import { parentPort, workerData } from 'node:worker_threads';
import { HeapdiffError } from '../errors';
import { BitVector } from './bit-vector';
import type { ClassTable } from './classes';
import { ColumnPool } from './column-pool';
import { type ClassifiedNodes, classifyNodes, countForeign, type ForeignCounts, findForeign } from './foreign-nodes';
import { IdSet, type PackedIds } from './id-set';
import { plainWorkspace } from './loops/workspace';
import { loadHeap } from './open-heap';
import { RetainerSearch, type SearchProgress, type SearchState } from './retainer-search';
import type { ShapeDefinition } from './shapes';
import { type PackedGraph, type PackedHeap, packHeap, unpackGraph } from './transfer';
import type { UintColumn } from './types';

/** What the thread says. Errors travel as their parts: a class does not survive cloning. */
export type WorkerMessage =
  | { readonly kind: 'progress'; readonly step: string; readonly share: number }
  | { readonly kind: 'shapes'; readonly shapes: readonly ShapeDefinition[] }
  | { readonly kind: 'heap'; readonly heap: PackedHeap; readonly classes: ClassTable }
  | { readonly kind: 'ids'; readonly ids: PackedIds; readonly foreign: ForeignCounts }
  | ({ readonly kind: 'retainers' } & SearchProgress)
  | { readonly kind: 'fault'; readonly code: HeapdiffError['code']; readonly details: HeapdiffError['details'] };

const tell = (message: WorkerMessage) => parentPort!.postMessage(message);

/** What the thread is told, in this order. */
export type WorkerOrder =
  | {
      /** To compare the ids of the other heap with those of its own: at once, if `isAwaited` is still 0 by then. */
      readonly kind: 'compare ids';
      readonly id: UintColumn;
      readonly isAwaited: Int32Array;
    }
  | { readonly kind: 'group'; readonly shapes: readonly ShapeDefinition[] }
  | {
      /** To tell which nodes only one of the heaps has, and to search the other one for retainers. */
      readonly kind: 'look into other';
      readonly graph: PackedGraph;
      readonly nodes: ClassifiedNodes;
      readonly essential: Uint32Array;
      /** The search, begun, with columns of the other heap's. */
      readonly search: SearchState;
      /** Not 0: stop, and tell how far the search came. */
      readonly stop: Int32Array;
    };

type OrderOf<Kind> = Extract<WorkerOrder, { readonly kind: Kind }>;

interface OwnIds {
  readonly id: UintColumn;
  readonly ids: IdSet;
}

/** The ids of the other heap, and which nodes there and here have ids that are not in both. */
interface IdComparison {
  readonly ids: IdSet;
  readonly added: BitVector;
  readonly removed: BitVector;
}

/** Opens the heap, tells its shapes, and does what it is told then. */
async function serve(file: string): Promise<void> {
  try {
    const heap = await loadHeap(file, { onProgress: (step, share) => tell({ kind: 'progress', step, share }) });
    const orders = on(parentPort!, 'message') as AsyncIterable<[WorkerOrder]>;
    tell({ kind: 'shapes', shapes: heap.shapes });
    const own: OwnIds = { id: heap.graph.nodes.id, ids: heap.ids }; // built while the other heap is still being opened
    let compared: IdComparison | null = null;
    let nodes: ClassifiedNodes | null = null;
    for await (const [order] of orders) {
      if (order.kind === 'compare ids') {
        if (Atomics.load(order.isAwaited, 0) === 0) compared = compareIds(own, order.id);
      } else if (order.kind === 'group') {
        const classes = heap.groupByShapes(order.shapes);
        nodes = classifyNodes(heap, classes);
        tell({ kind: 'heap', heap: packHeap(heap), classes });
      } else {
        const { ids, added, removed } = compared ?? compareIds(own, order.graph.plain.nodes.id);
        const foreign = { added: countForeign(added, order.nodes), removed: countForeign(removed, nodes!) };
        tell({ kind: 'ids', ids: ids.pack(), foreign });
        search(order);
      }
    }
  } catch (error) {
    if (!(error instanceof HeapdiffError)) throw error;
    tell({ kind: 'fault', code: error.code, details: error.details });
  }
}

function compareIds(own: OwnIds, id: UintColumn): IdComparison {
  const scratch = new ColumnPool(id.length, plainWorkspace.memory);
  const ids = IdSet.build({ nodes: { id }, nodeCount: id.length, scratch, ...plainWorkspace });
  return { ids, added: findForeign(id, own.ids), removed: findForeign(own.id, ids) };
}

function search({ graph: packed, essential, search: state, stop }: OrderOf<'look into other'>): void {
  const graph = unpackGraph(packed);
  const retainers = new RetainerSearch({ graph, essential: new BitVector(graph.edgeCount, essential) }, state);
  retainers.advance(() => Atomics.load(stop, 0) !== 0);
  const { line, open } = state;
  tell({ kind: 'retainers', line, open });
}

void serve(workerData.file);
