/** A thread that opens one heap and hands it over: see `openPair`. */
import { once } from 'node:events';
import { parentPort, workerData } from 'node:worker_threads';
import { HeapdiffError } from '../errors';
import type { ClassTable } from './classes';
import { loadHeap } from './open-heap';
import type { ShapeDefinition } from './shapes';
import { type PackedHeap, packHeap } from './transfer';

/** What the thread says. Errors travel as their parts: a class does not survive cloning. */
export type WorkerMessage =
  | { readonly kind: 'progress'; readonly step: string; readonly share: number }
  | { readonly kind: 'shapes'; readonly shapes: readonly ShapeDefinition[] }
  | { readonly kind: 'heap'; readonly heap: PackedHeap; readonly classes: ClassTable }
  | { readonly kind: 'fault'; readonly code: HeapdiffError['code']; readonly details: HeapdiffError['details'] };

const tell = (message: WorkerMessage) => parentPort!.postMessage(message);

/** Opens the heap, tells its shapes, waits for those of the pair, groups by them and hands everything over. */
async function openAndHandOver(file: string): Promise<void> {
  try {
    const heap = await loadHeap(file, { onProgress: (step, share) => tell({ kind: 'progress', step, share }) });
    const shapesOfPair = once(parentPort!, 'message') as Promise<[readonly ShapeDefinition[]]>;
    tell({ kind: 'shapes', shapes: heap.shapes });
    const [shapes] = await shapesOfPair;
    tell({ kind: 'heap', heap: packHeap(heap), classes: heap.groupByShapes(shapes) });
  } catch (error) {
    if (!(error instanceof HeapdiffError)) throw error;
    tell({ kind: 'fault', code: error.code, details: error.details });
  }
}

void openAndHandOver(workerData.file);
