import { describe, expect, it } from 'vitest';
import { sharedMemory } from '../../src/heap/column-memory';
import { growFar, hasRoom, NodeSizeBuilder, setSize, sizeOf } from '../../src/heap/node-sizes';
import { batchOf, type RowBatch } from '../../src/heap/scan/row-scanner';
import type { NodeSizes } from '../../src/heap/types';
import { planHeap } from '../support/heap-builder';
import { openPlan } from '../support/heap-files';

/** A batch of one field. */
const batch = (values: number[], wide: number[] = []): RowBatch =>
  batchOf({ rowCount: values.length, column: () => Uint32Array.from(values), wide });

const all = (sizes: NodeSizes) => Array.from(sizes.near, (_, node) => sizeOf(sizes, node));

describe('sizes of nodes', () => {
  it('are what was read, whether two bytes hold them or not', () => {
    const builder = new NodeSizeBuilder(0);
    builder.append(batch([0, 16, 65_534, 65_535]), 0);
    builder.append(batch([65_536, 2 ** 32 - 1, 8]), 0);
    expect(all(builder.finish())).toEqual([0, 16, 65_534, 65_535, 65_536, 2 ** 32 - 1, 8]);
  });

  it('may be those that 32 bits do not hold', () => {
    const builder = new NodeSizeBuilder(0);
    builder.append(batch([1, 0, 5, 65_535], [1, 0, 2, 2, 0, 1]), 0);
    expect(all(builder.finish())).toEqual([1, 2 * 2 ** 32, 2 ** 32 + 5, 65_535]);
  });

  it('may be large, all of them', () => {
    const values = Array.from({ length: 20_000 }, (_, node) => 70_000 + node);
    const builder = new NodeSizeBuilder(0);
    for (let from = 0; from < values.length; from += 1000) builder.append(batch(values.slice(from, from + 1000)), 0);
    expect(all(builder.finish())).toEqual(values);
  });

  it('change, and come back', () => {
    const builder = new NodeSizeBuilder(0);
    builder.append(batch([100_000, 10, 20]), 0);
    const sizes = builder.finish();
    setSize(sizes, 0, 0);
    setSize(sizes, 1, 300_000);
    expect(all(sizes)).toEqual([0, 300_000, 20]);
    setSize(sizes, 0, 400_000);
    setSize(sizes, 1, 7);
    expect(all(sizes)).toEqual([400_000, 7, 20]);
    expect(sizes.far.count[0]).toBe(2);
  });

  it('find room when there is none left', () => {
    const sizes = new NodeSizeBuilder(0).finish();
    const larger = { near: new Uint16Array(5000), far: sizes.far };
    for (let node = 0; node < 5000; node++) {
      if (!hasRoom(larger.far)) growFar(larger, sharedMemory);
      setSize(larger, node, 2 ** 20 + node);
    }
    expect(all(larger)).toEqual(Array.from({ length: 5000 }, (_, node) => 2 ** 20 + node));
  });
});

it('owners whose sizes become large may be as many as there are nodes', async () => {
  const pairs = 3000;
  const edges = Array.from({ length: pairs }, (_, i) => `root -> o${i}\no${i} {elements} -> a${i}`).join('\n');
  const array = { type: 'array', selfSize: 65_530 } as const;
  const details = Object.fromEntries(Array.from({ length: pairs }, (_, i) => [`a${i}`, array]));
  const heap = await openPlan(planHeap(edges, details));
  const sizes = new Set(Array.from(heap.graph.nodes.type, (_, node) => heap.shallowOf(node)));
  expect(sizes).toEqual(new Set([0, 65_538]));
  expect(heap.totalBytes).toBe(pairs * 65_538);
});
