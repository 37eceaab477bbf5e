import { describe, expect, it } from 'vitest';
import { sharedMemory } from '../../src/heap/column-memory';
import { ColumnPool } from '../../src/heap/column-pool';
import { IdSet } from '../../src/heap/id-set';
import { createWorkspace, plainWorkspace, type Workspace } from '../../src/heap/loops/workspace';
import { isSampled, sampleMask } from '../../src/heap/sampled-ids';
import type { UintColumn } from '../../src/heap/types';

const FAR = 2 ** 40 + 12_345;
const ids = Float64Array.of(1, 3, 4, 19, 77, 1000, 2 ** 32 + 1, FAR);
const others = [0, 2, 5, 18, 20, 76, 78, 1001, 2 ** 32, 2 ** 32 + 3, FAR - 1, FAR + 1, 12_345 + 2 ** 33];

function build(id: UintColumn, { memory, loops }: Workspace): IdSet {
  return IdSet.build({
    nodes: { id },
    nodeCount: id.length,
    scratch: new ColumnPool(id.length, memory),
    memory,
    loops,
  });
}

it.each([
  ['built', build(ids, plainWorkspace)],
  ['taken over from another thread', IdSet.unpack(structuredClone(build(ids, plainWorkspace).pack()))],
])('a set that was %s knows odd ids and even ones, dense and far ones, and no other', (_, set) => {
  expect([...ids].filter((id) => !set.has(id))).toEqual([]);
  expect(others.filter((id) => set.has(id))).toEqual([]);
});

describe('of many ids', () => {
  const COUNT = 100_000;
  const kernel = createWorkspace(COUNT, 0);
  /** Every third odd id, some even ones, and some beyond the dense ones. */
  const fill = (column: Uint32Array) =>
    column.map((_, i) => (i % 100 === 7 ? i * 2 : i % 50 === 3 ? 2 ** 31 + i * 2 + 1 : i * 6 + 1));

  it.each([
    ['the kernel', kernel, fill(kernel.memory.u32(COUNT))],
    ['plain loops', plainWorkspace, fill(sharedMemory.u32(COUNT))],
  ])('%s find all and a sample that larger heaps share', (_, workspace, column) => {
    const id = workspace.memory.u32(COUNT);
    id.set(column);
    const set = build(id, workspace);
    expect(id.every((one) => set.has(one))).toBe(true);
    expect([...Array(COUNT).keys()].filter((one) => set.has(one)).length).toBe(
      [...id].filter((one) => one < COUNT).length,
    );
    const mask = sampleMask(COUNT);
    expect(mask).toBe(127);
    expect([...set.sample]).toEqual([...id.keys()].filter((ordinal) => isSampled(id[ordinal]!, mask)));
    expect(set.sample.length).toBeGreaterThan(COUNT / 256);
    expect(sampleMask(COUNT * 10) & mask).toBe(mask);
  });
});
