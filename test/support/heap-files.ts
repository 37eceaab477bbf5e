/** Snapshot files for one test file, in a folder of its own that is gone afterwards. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll } from 'vitest';
import type { Heap } from '../../src/heap/heap';
import { openHeap } from '../../src/heap/open-heap';
import type { HeapPlan } from './heap-builder';
import { type Manner, writeSnapshot } from './heap-writer';

let folder: string | undefined;

/** The test file's own folder, made when first asked for. */
export function heapFolder(): string {
  folder ??= fs.mkdtempSync(path.join(os.tmpdir(), 'heapdiff-heap-'));
  return folder;
}

afterAll(() => {
  if (folder) fs.rmSync(folder, { recursive: true, force: true });
  folder = undefined;
});

let written = 0;

/** Writes a file and returns its path. A name that was used before is overwritten. */
export function writeHeapFile(content: string | Uint8Array, name = `test-${written++}.heapsnapshot`): string {
  const file = path.join(heapFolder(), name);
  fs.writeFileSync(file, content);
  return file;
}

/** Writes a planned heap and opens it. */
export function openPlan(plan: HeapPlan, changes?: Partial<Manner>): Promise<Heap> {
  return openHeap(writeHeapFile(writeSnapshot(plan, changes)));
}
