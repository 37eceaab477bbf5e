/**
 * One snapshot of this isolate, into a file. The pause holds V8's own work only; the file gets its name after it.
 */
import fs from 'node:fs';
import { runStep, toCaptureError } from './capture-error';
import { completeFile, completeFileSync, createPartial } from './complete-file';
import { PARTIAL } from './directory';
import type { HeapInspector } from './heap-inspector';

/** Up to this one, a snapshot computes the line ends of a large script again for each object of it. */
const LAST_NODE_WITH_SLOW_LINE_ENDS = 20;

/**
 * On Node 20 makes the snapshot that follows shorter, by up to minutes; elsewhere does nothing. Listing the scripts does
 * it; the list itself must be garbage by then, or it would be growth in the snapshot.
 */
export function prepareLineEnds(inspector: HeapInspector): void {
  const major = Number(process.versions.node.split('.')[0]);
  if (major <= LAST_NODE_WITH_SLOW_LINE_ENDS) inspector.listScripts();
}

/** The pause: V8 writes `<file>.partial`. Throws HeapdiffError, leaving no file. */
export function writeSnapshot(file: string): void {
  const v8 = require('node:v8') as typeof import('node:v8');
  runStep(`writing ${file}`, () => {
    createPartial(file);
    try {
      v8.writeHeapSnapshot(file + PARTIAL);
    } catch (error) {
      // Node does not close the file that V8 could not write: without this its space would be lost until the process ends.
      fs.truncateSync(file + PARTIAL);
      fs.rmSync(file + PARTIAL);
      throw error;
    }
  });
}

/** After the pause: brings the snapshot to the disk and gives it its name. Throws HeapdiffError, leaving no file. */
export async function completeSnapshot(file: string): Promise<void> {
  try {
    if (!endsAsSnapshot(file + PARTIAL)) throw new Error('the file was cut off');
    await completeFile(file);
  } catch (cause) {
    await fs.promises.rm(file + PARTIAL, { force: true }).catch(() => {});
    throw toCaptureError(`writing ${file}`, cause);
  }
}

/** For a process that ends: gives a snapshot its name if V8 had finished it. Throws what the system says. */
export function completeSnapshotSync(file: string): void {
  if (endsAsSnapshot(file + PARTIAL)) completeFileSync(file);
}

/**
 * Whether V8 has written the file to its end: the strings come last. V8 reports a write that fails on every Node from
 * 20 on; a file system that loses bytes without a word shows here.
 */
function endsAsSnapshot(file: string): boolean {
  const end = Buffer.alloc(2);
  const handle = fs.openSync(file, 'r');
  try {
    fs.readSync(handle, end, 0, 2, Math.max(0, fs.fstatSync(handle).size - 2));
  } finally {
    fs.closeSync(handle);
  }
  return end.toString('latin1') === ']}';
}
