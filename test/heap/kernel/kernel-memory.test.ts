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

  it('lends what was given back, as zeros', () => {
    const memory = KernelMemory.create(1 << 16)!;
    const [given, kept] = [memory.u8(100).fill(1), memory.u32(4).fill(2)];
    memory.recycle(given);
    const lent = [memory.u32(16), memory.u8(3), memory.u16(30)];
    expect(memory.addressesOf(...lent)).toEqual([64, 128, 256]); // the third is too long for what is left
    for (const column of lent) expect(column.every((value) => value === 0)).toBe(true);
    for (const column of lent) column.fill(3);
    expect([...kept]).toEqual([2, 2, 2, 2]);
  });

  it('lends a part of itself, where columns of the one who has it lie beside all others', () => {
    const memory = KernelMemory.create(1 << 16)!;
    const own = memory.u32(4).fill(1);
    const other = KernelMemory.of(memory.lend(100)!);
    const [lent, late, tooLate] = [other.u32(16), memory.u8(3), other.u32(17)];
    expect(other.addressesOf(own, lent, late)).toEqual([64, 128, 256]);
    expect(other.addressesOf(tooLate)).toBeNull();
    expect(memory.lend(1 << 17)).toBeNull();
  });

  it('takes no column of another memory', () => {
    const memory = KernelMemory.create(1 << 16)!;
    memory.recycle(new Uint32Array(1 << 10));
    expect(memory.addressesOf(memory.u32(1 << 10))).toEqual([64]);
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
