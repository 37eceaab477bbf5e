import fs from 'node:fs';
import zlib from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { availableMemory, estimateNeed, type MemoryNeed, planPair, requireMemory } from '../../src/heap/memory-budget';
import { openHeap } from '../../src/heap/open-heap';
import { openPair } from '../../src/heap/open-pair';
import { planHeap } from '../support/heap-builder';
import { heapFolder, writeHeapFile } from '../support/heap-files';
import { writeSnapshot } from '../support/heap-writer';

const header = (nodes: number, edges: number) =>
  `{"snapshot":{"meta":{},"node_count":${nodes},"edge_count":${edges}},"nodes":[`;

describe('what a heap needs', () => {
  /** A file as long as its rows would be. */
  const writeRows = (nodes: number, edges: number) => {
    const file = writeHeapFile(header(nodes, edges), `${nodes}.heapsnapshot`);
    fs.truncateSync(file, nodes * 26 + edges * 14);
    return file;
  };

  it('follows the counts in its header', async () => {
    const small = await estimateNeed(writeRows(1000, 3000));
    const large = await estimateNeed(writeRows(1_000_000, 3_000_000));
    expect(large!.peak - small!.peak).toBeGreaterThan(999_000 * 55);
    expect(large!.kept).toBeLessThan(large!.peak);
  });

  it('is told by a compressed file as well', async () => {
    const file = writeHeapFile(zlib.gzipSync(header(1_000_000, 3_000_000)), 'test.heapsnapshot.gz');
    fs.truncateSync(file, 1_000_000);
    expect((await estimateNeed(file))!.peak).toBeGreaterThan(60_000_000);
  });

  it('is not told by standard input, a folder, or a header without counts', async () => {
    expect(await estimateNeed('-')).toBeNull();
    expect(await estimateNeed(heapFolder())).toBeNull();
    expect(await estimateNeed(writeHeapFile('{"snapshot":{"meta":{}}'))).toBeNull();
  });

  it('is not told by a header that claims more than the file can hold', async () => {
    expect(await estimateNeed(writeHeapFile(header(1_000_000, 3_000_000)))).toBeNull();
  });
});

describe('a plan', () => {
  const need = (peak: number, kept: number): MemoryNeed => ({ file: 'a.heapsnapshot', peak, kept });
  const [before, after] = [need(100, 80), need(120, 90)];

  it('opens both at once while both peaks fit', () => {
    expect(planPair(before, after, 220)).toBe('at once');
    expect(planPair(before, after, 219)).toBe('in turn');
  });

  it('refuses what does not fit in turn, with the figure needed', () => {
    expect(planPair(before, after, 200)).toBe('in turn');
    expect(() => planPair(before, after, 199)).toThrow(expect.objectContaining({ code: 'OUT_OF_MEMORY' }));
    const mebibytes = (count: number) => count * 2 ** 20;
    expect(() => requireMemory(need(mebibytes(300), 0), mebibytes(200))).toThrow(
      'a.heapsnapshot needs about 300 MiB of memory, 200 MiB is available.',
    );
  });

  it('goes on where nothing is known', () => {
    expect(planPair(null, after, 0)).toBe('at once');
    expect(() => requireMemory(null, 0)).not.toThrow();
  });
});

describe('a limit', () => {
  const file = () => writeHeapFile(writeSnapshot(planHeap('root -> a')));

  it('counts what the process has already', () => {
    const limit = 2 ** 40;
    expect(availableMemory(limit)).toBeLessThan(limit);
    expect(availableMemory(limit)).toBeGreaterThan(limit - 2 ** 34);
    expect(availableMemory()).toBeGreaterThan(0);
  });

  it('stops before the file is read', async () => {
    const refused = expect.objectContaining({ code: 'OUT_OF_MEMORY' });
    await expect(openHeap(file(), { maxMemory: 1 })).rejects.toEqual(refused);
    await expect(openPair(file(), file(), { maxMemory: 1 })).rejects.toEqual(refused);
  });
});
