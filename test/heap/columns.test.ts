import { describe, expect, it } from 'vitest';
import { HeapdiffError } from '../../src/errors';
import { sharedMemory } from '../../src/heap/column-memory';
import { ByteColumnBuilder, requireU32, UintColumnBuilder } from '../../src/heap/columns';
import { batchOf, type RowBatch } from '../../src/heap/scan/row-scanner';

/** One field's values as a batch of rows. */
function batchWith(values: readonly number[]): RowBatch {
  const wide = values.flatMap((value, row) => (value < 2 ** 32 ? [] : [row, 0, Math.floor(value / 2 ** 32)]));
  return batchOf({ rowCount: values.length, wide, column: () => Uint32Array.from(values, (value) => value % 2 ** 32) });
}

describe('a column of unsigned integers', () => {
  it('takes 32 bits while they suffice', () => {
    const builder = new UintColumnBuilder(0);
    builder.append(batchWith([1, 2 ** 32 - 1]), 0);
    expect(builder.finish()).toBeInstanceOf(Uint32Array);
    expect([...builder.finish()]).toEqual([1, 2 ** 32 - 1]);
  });

  it('moves to doubles at the first larger value, and stays exact', () => {
    const builder = new UintColumnBuilder(0);
    builder.append(batchWith([7, 2 ** 32 - 1]), 0);
    builder.append(batchWith([2 ** 32, 1, Number.MAX_SAFE_INTEGER]), 0);
    builder.append(batchWith([2 ** 32 - 1, 2 ** 40 + 3]), 0);
    const expected = [7, 2 ** 32 - 1, 2 ** 32, 1, Number.MAX_SAFE_INTEGER, 2 ** 32 - 1, 2 ** 40 + 3];
    expect([...builder.finish()]).toEqual(expected);
  });

  it('leaves wide values to the field and the rows they belong to', () => {
    const builder = new UintColumnBuilder(0);
    const wide = [
      ...[0, 1, 5],
      ...[2, 0, 5], // of an incomplete row, which the next batch brings again
    ];
    builder.append(batchOf({ rowCount: 2, wide, column: () => Uint32Array.of(1, 2) }), 0);
    expect(builder.finish()).toEqual(Uint32Array.of(1, 2));
  });

  it('takes no memory for zeros beside wide values of another field', () => {
    const builder = new UintColumnBuilder(1000);
    builder.append(batchOf({ rowCount: 2, wide: [0, 1, 5, 1, 1, 5], column: () => Uint32Array.of(0, 0) }), 0);
    expect(builder.isBlank).toBe(true);
    builder.append(batchWith([2 ** 32]), 0);
    expect([...builder.finish()]).toEqual([0, 0, 2 ** 32]);
  });

  it.each([0, 5, 10_000])('grows past a hint of %i, before and after it widens', (hint) => {
    const builder = new UintColumnBuilder(hint);
    const values = Array.from({ length: 3000 }, (_, i) => i);
    for (let round = 0; round < 3; round++) builder.append(batchWith(values), 0);
    builder.append(batchWith([2 ** 33]), 0);
    for (let round = 0; round < 3; round++) builder.append(batchWith(values), 0);
    expect([...builder.finish()]).toEqual([...values, ...values, ...values, 2 ** 33, ...values, ...values, ...values]);
  });
});

describe('a column of bytes', () => {
  const fault = (row: number, value: number) =>
    new HeapdiffError('SNAPSHOT_CORRUPT', { file: 'f', reason: `${row}:${value}` });

  it('grows', () => {
    const builder = new ByteColumnBuilder(0, sharedMemory, 256, fault);
    for (let round = 0; round < 50; round++) builder.append(batchWith(Array.from({ length: 100 }, (_, i) => i)), 0);
    expect(builder.finish()).toHaveLength(5000);
    expect(builder.finish()[4999]).toBe(99);
  });

  it('refuses a wide value whose low bits are zero', () => {
    const builder = new ByteColumnBuilder(0, sharedMemory, 256, fault);
    builder.append(batchWith([0, 1]), 0);
    expect(() => builder.append(batchWith([0, 2 ** 32]), 0)).toThrow('3:4294967296');
  });

  it('refuses a value at its limit, naming the row in the section', () => {
    const builder = new ByteColumnBuilder(0, sharedMemory, 10, fault);
    builder.append(batchWith([9, 9]), 0);
    expect(() => builder.append(batchWith([3, 10]), 0)).toThrow('3:10');
  });
});

it('a column that must have 32 bits is refused when it has more', () => {
  expect(requireU32(Uint32Array.of(1), 'name', 'f')).toEqual(Uint32Array.of(1));
  expect(() => requireU32(Float64Array.of(1), 'name', 'f')).toThrow('a name is 2^32 or more');
});
