/** Two heaps at once: the first in a thread of its own, the second in this one. */
import fs from 'node:fs';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { HeapdiffError } from '../errors';
import type { Heap } from './heap';
import { type OpenHeapOptions, openHeap } from './open-heap';
import type { WorkerMessage } from './open-heap-worker';
import { unpackHeap } from './transfer';

export interface OpenPairOptions {
  /** Called while working: what is being done to which heap, and how much of it, 0 to 1. */
  readonly onProgress?: (step: string, share: number) => void;
}

/** Below this a thread takes longer to start than it saves. */
const WORTH_A_THREAD_BYTES = 24 * 1024 * 1024;
const WORKER_FILE = path.join(__dirname, 'open-heap-worker.js');

/** Opens both files. Throws HeapdiffError for the first that is no complete snapshot. */
export async function openPair(before: string, after: string, options: OpenPairOptions = {}): Promise<[Heap, Heap]> {
  const report = options.onProgress ?? (() => undefined);
  const progress = (which: string): OpenHeapOptions => ({
    onProgress: (step, share) => report(`${step} ${which}`, share),
  });
  if (!isWorthThread(before) || !isWorthThread(after)) {
    const first = await openHeap(before, progress('before'));
    return [first, await openHeap(after, progress('after'))];
  }
  const thread = new Worker(WORKER_FILE, { workerData: { file: before } });
  try {
    // Settled one after the other: an error of either must not leave the other promise without a listener.
    const [first, second] = await Promise.allSettled([
      receiveHeap(thread, progress('before')),
      openHeap(after, progress('after')),
    ]);
    if (first.status === 'rejected') throw first.reason;
    if (second.status === 'rejected') throw second.reason;
    return [first.value, second.value];
  } finally {
    await thread.terminate();
  }
}

/** Standard input belongs to this thread, and tests run from sources that no thread could load. */
function isWorthThread(file: string): boolean {
  if (file === '-' || !fs.existsSync(WORKER_FILE)) return false;
  return (fs.statSync(file, { throwIfNoEntry: false })?.size ?? 0) >= WORTH_A_THREAD_BYTES;
}

function receiveHeap(thread: Worker, { onProgress }: OpenHeapOptions): Promise<Heap> {
  return new Promise((resolve, reject) => {
    thread.on('message', (message: WorkerMessage) => {
      if (message.kind === 'progress') onProgress?.(message.step, message.share);
      else if (message.kind === 'heap') resolve(unpackHeap(message.heap));
      else reject(new HeapdiffError(message.code, message.details));
    });
    thread.once('error', reject);
    thread.once('exit', (code) => reject(new Error(`the thread that read a snapshot ended with ${code}`)));
  });
}
