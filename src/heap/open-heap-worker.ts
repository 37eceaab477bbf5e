/** A thread that opens one heap and hands it over: see `openPair`. */
import { parentPort, workerData } from 'node:worker_threads';
import { HeapdiffError } from '../errors';
import { openHeap } from './open-heap';
import { type PackedHeap, packHeap } from './transfer';

/** What the thread says. Errors travel as their parts: a class does not survive cloning. */
export type WorkerMessage =
  | { readonly kind: 'progress'; readonly step: string; readonly share: number }
  | { readonly kind: 'heap'; readonly heap: PackedHeap }
  | { readonly kind: 'fault'; readonly code: HeapdiffError['code']; readonly details: HeapdiffError['details'] };

const tell = (message: WorkerMessage) => parentPort!.postMessage(message);

async function openAndHandOver(file: string): Promise<void> {
  try {
    const heap = await openHeap(file, { onProgress: (step, share) => tell({ kind: 'progress', step, share }) });
    tell({ kind: 'heap', heap: packHeap(heap) });
  } catch (error) {
    if (!(error instanceof HeapdiffError)) throw error;
    tell({ kind: 'fault', code: error.code, details: error.details });
  }
}

void openAndHandOver(workerData.file);
