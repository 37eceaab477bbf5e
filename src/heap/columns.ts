/** Columns that grow while a section is read. The header's counts are a first guess only. */
import { HeapdiffError } from '../errors';
import { type Column, type ColumnMemory, sharedMemory } from './column-memory';
import type { RowBatch } from './scan/row-scanner';
import type { UintColumn } from './types';

/** Takes one field of a section, batch by batch. */
export interface ColumnBuilder {
  /** Every value so far is 0. */
  readonly isBlank: boolean;
  append(batch: RowBatch, field: number): void;
}

const SMALLEST = 1024;

/** How long a column becomes that is too short: by the hint at first, then by half each time. */
export const nextCapacity = (capacity: number, needed: number, hint: number) =>
  Math.max(needed, capacity === 0 ? Math.max(hint, SMALLEST) : Math.ceil(capacity * 1.5));

/** A longer column with the values of a shorter one: `capacity` entries, made by `allocate`. */
export function lengthen<To extends Column>(column: Column, capacity: number, allocate: (length: number) => To): To {
  const longer = allocate(capacity);
  longer.set(column);
  return longer;
}

/** Calls `take` with row and high part of each value of 2^32 and more that one field of a batch has. */
export function eachWide({ wide, rowCount }: RowBatch, field: number, take: (row: number, high: number) => void): void {
  for (let i = 0; i < wide.length; i += 3) {
    if (wide[i + 1] === field && wide[i]! < rowCount) take(wide[i]!, wide[i + 2]!);
  }
}

function hasWide(batch: RowBatch, field: number): boolean {
  let found = false;
  eachWide(batch, field, () => {
    found = true;
  });
  return found;
}

/**
 * A column of unsigned integers, 32-bit until a value needs more; then it moves to doubles once. It takes no memory
 * before its first value that is not 0: whole columns of most files have none.
 */
export class UintColumnBuilder implements ColumnBuilder {
  /** Of all values, 0 for none. */
  largest = 0;
  /** How many values there are. */
  length = 0;
  private values: UintColumn = new Uint32Array(0);

  constructor(
    private readonly hint: number,
    private readonly memory: ColumnMemory = sharedMemory,
  ) {}

  get isBlank(): boolean {
    return this.values.length === 0;
  }

  append(batch: RowBatch, field: number): void {
    const { length } = this;
    const largest = batch.largest(field);
    if (this.isBlank && largest === 0 && !hasWide(batch, field)) {
      this.length += batch.rowCount;
      return;
    }
    this.largest = Math.max(this.largest, largest);
    this.reserve(length + batch.rowCount);
    this.values.set(batch.column(field), length);
    eachWide(batch, field, (row, high) => {
      if (this.values instanceof Uint32Array) this.widen();
      const value = this.values[length + row]! + high * 2 ** 32;
      this.values[length + row] = value;
      this.largest = Math.max(this.largest, value);
    });
    this.length += batch.rowCount;
  }

  finish(): UintColumn {
    this.reserve(this.length);
    return this.values.subarray(0, this.length);
  }

  /** The values and all the room behind them, for `length` entries at least. */
  finishWhole(length: number): UintColumn {
    this.reserve(length);
    return this.values;
  }

  private reserve(length: number): void {
    if (length <= this.values.length) return;
    const capacity = nextCapacity(this.values.length, length, this.hint);
    this.values = lengthen<UintColumn>(
      this.values,
      capacity,
      this.values instanceof Uint32Array ? this.memory.u32 : this.memory.f64,
    );
  }

  private widen(): void {
    this.values = lengthen(this.values, this.values.length, this.memory.f64);
  }
}

/**
 * A column of small numbers, one byte each; a value of `limit` or more means that the file is corrupt. As the other
 * kind, it takes no memory before its first value that is not 0.
 */
export class ByteColumnBuilder implements ColumnBuilder {
  private length = 0;
  private values: Uint8Array = new Uint8Array(0);

  constructor(
    private readonly hint: number,
    private readonly memory: ColumnMemory,
    private readonly limit: number,
    /** What the file says wrongly when a value is over the limit. */
    private readonly fault: (row: number, value: number) => HeapdiffError,
  ) {}

  get isBlank(): boolean {
    return this.values.length === 0;
  }

  append(batch: RowBatch, field: number): void {
    const column = batch.column(field);
    eachWide(batch, field, (row, high) => {
      throw this.fault(this.length + row, high * 2 ** 32 + column[row]!);
    });
    const largest = batch.largest(field);
    if (largest >= this.limit) throw this.fault(this.length + column.indexOf(largest), largest);
    if (this.isBlank && largest === 0) {
      this.length += column.length;
      return;
    }
    this.reserve(this.length + column.length);
    this.values.set(column, this.length); // all of them fit in a byte
    this.length += column.length;
  }

  finish(): Uint8Array {
    this.reserve(this.length);
    return this.values.subarray(0, this.length);
  }

  private reserve(length: number): void {
    if (length <= this.values.length) return;
    this.values = lengthen(this.values, nextCapacity(this.values.length, length, this.hint), this.memory.u8);
  }
}

/** Where a value stands in a column: quick where that is seldom. */
export function* positionsOf(column: Uint8Array | Uint32Array, value: number): Generator<number> {
  for (let at = column.indexOf(value); at >= 0; at = column.indexOf(value, at + 1)) yield at;
}

/** A column that the rest of heapdiff keeps in 32 bits. Throws SNAPSHOT_CORRUPT when the file needs more. */
export function requireU32(column: UintColumn, what: string, file: string): Uint32Array {
  if (column instanceof Uint32Array) return column;
  throw new HeapdiffError('SNAPSHOT_CORRUPT', { file, reason: `a ${what} is 2^32 or more` });
}
