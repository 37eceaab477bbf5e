/** Columns that grow while a section is read. The header's counts are a first guess only. */
import { HeapdiffError } from '../errors';
import { allocateF64, allocateU8, allocateU32 } from './allocate';
import type { RowBatch } from './scan/row-scanner';
import type { UintColumn } from './types';

/** Takes one field of a section, batch by batch. */
export interface ColumnBuilder {
  append(batch: RowBatch, field: number): void;
}

const SMALLEST = 1024;
const grownCapacity = (capacity: number, needed: number) => Math.max(needed, Math.ceil(capacity * 1.5));

/** A column of unsigned integers, 32-bit until a value needs more; then it moves to doubles once. */
export class UintColumnBuilder implements ColumnBuilder {
  private length = 0;
  private values: UintColumn;

  constructor(hint: number) {
    this.values = allocateU32(Math.max(hint, SMALLEST));
  }

  append(batch: RowBatch, field: number): void {
    const { length } = this;
    this.reserve(length + batch.rowCount);
    this.values.set(batch.column(field), length);
    for (const value of batch.wide) {
      if (value.field !== field || value.row >= batch.rowCount) continue;
      if (this.values instanceof Uint32Array) this.widen();
      this.values[length + value.row]! += value.high * 2 ** 32;
    }
    this.length += batch.rowCount;
  }

  finish(): UintColumn {
    return this.values.subarray(0, this.length);
  }

  private reserve(length: number): void {
    if (length <= this.values.length) return;
    const capacity = grownCapacity(this.values.length, length);
    const larger = this.values instanceof Uint32Array ? allocateU32(capacity) : allocateF64(capacity);
    larger.set(this.values);
    this.values = larger;
  }

  private widen(): void {
    const wider = allocateF64(this.values.length);
    wider.set(this.values);
    this.values = wider;
  }
}

/** A column of small numbers, one byte each; a value of `limit` or more means that the file is corrupt. */
export class ByteColumnBuilder implements ColumnBuilder {
  private length = 0;
  private values: Uint8Array;

  constructor(
    hint: number,
    private readonly limit: number,
    /** What the file says wrongly when a value is over the limit. */
    private readonly fault: (row: number, value: number) => HeapdiffError,
  ) {
    this.values = allocateU8(Math.max(hint, SMALLEST));
  }

  append(batch: RowBatch, field: number): void {
    this.reserve(this.length + batch.rowCount);
    const column = batch.column(field);
    const { limit } = this;
    for (let row = 0; row < column.length; row++) {
      if (column[row]! >= limit) throw this.fault(this.length + row, column[row]!);
    }
    this.values.set(column, this.length); // all of them fit in a byte
    this.length += column.length;
  }

  finish(): Uint8Array {
    return this.values.subarray(0, this.length);
  }

  private reserve(length: number): void {
    if (length <= this.values.length) return;
    const larger = allocateU8(grownCapacity(this.values.length, length));
    larger.set(this.values);
    this.values = larger;
  }
}

/** A column that the rest of heapdiff keeps in 32 bits. Throws SNAPSHOT_CORRUPT when the file needs more. */
export function requireU32(column: UintColumn, what: string, file: string): Uint32Array {
  if (column instanceof Uint32Array) return column;
  throw new HeapdiffError('SNAPSHOT_CORRUPT', { file, reason: `a ${what} is 2^32 or more` });
}
