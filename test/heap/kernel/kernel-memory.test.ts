import { describe, expect, it } from 'vitest';
import { KernelMemory } from '../../../src/heap/kernel/kernel-memory';

describe('a kernel memory', () => {
  it('gives columns of zeros that do not overlap', () => {
    const memory = KernelMemory.create(1 << 16)!;
    const columns = [memory.u8(3), memory.u16(5), memory.u32(7), memory.f64(2)];
    for (const column of columns) column.fill(column.BYTES_PER_ELEMENT);
    expect(columns.map((column) => [...new Set(column)])).toEqual([[1], [2], [4], [8]]);
    expect(memory.addressesOf(...columns)).toEqual([64, 128, 192, 256]);
  });

  it('gives a column without room a buffer of its own', () => {
    const memory = KernelMemory.create(1 << 16)!;
    const large = memory.u32(1 << 20);
    expect([large.length, memory.addressesOf(large), memory.addressesOf(memory.u32(10))]).toEqual([
      1 << 20,
      null,
      [64],
    ]);
  });
});
