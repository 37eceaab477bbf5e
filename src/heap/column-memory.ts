/**
 * Memory for columns, all zeros at first. It is shared, so that a heap loaded in one thread can be read in another
 * without a copy; V8 reads it as fast as private memory.
 */
export interface ColumnMemory {
  readonly u8: (length: number) => Uint8Array;
  readonly u16: (length: number) => Uint16Array;
  readonly u32: (length: number) => Uint32Array;
  readonly f64: (length: number) => Float64Array;
  /** Takes a column back that nobody asks any more, and whose pages have been touched: they are lent again. */
  readonly recycle: (column: Column) => void;
}

export type Column = Uint8Array | Uint16Array | Uint32Array | Float64Array;

/** Each column in a buffer of its own, which goes with it. */
export const sharedMemory: ColumnMemory = {
  u8: (length) => new Uint8Array(new SharedArrayBuffer(length)),
  u16: (length) => new Uint16Array(new SharedArrayBuffer(length * 2)),
  u32: (length) => new Uint32Array(new SharedArrayBuffer(length * 4)),
  f64: (length) => new Float64Array(new SharedArrayBuffer(length * 8)),
  recycle: () => undefined,
};
