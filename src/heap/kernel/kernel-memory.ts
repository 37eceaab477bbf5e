import { type Column, type ColumnMemory, sharedMemory } from '../column-memory';
import { createSharedMemory, MOST_PAGES, PAGE_BYTES } from './compile-kernel';

/** A part of a memory, for columns of another thread. */
export interface LentMemory {
  readonly imported: KernelMemory['imported'];
  /** Bytes. */
  readonly from: number;
  readonly end: number;
}

/** Columns start at lines of the processor's cache. Address 0 stands for no column. */
const LINE = 64;

/**
 * Columns in a memory that the graph kernel works in, one after the other: what is not touched takes none. It never
 * shrinks, so what is given up is lent again. A column that finds no room there gets a buffer of its own.
 */
export class KernelMemory implements ColumnMemory {
  /** Ranges of bytes that were given back. */
  private readonly free: { at: number; readonly end: number }[] = [];

  private constructor(
    /** The memory as WebAssembly imports it. */
    readonly imported: { readonly buffer: ArrayBufferLike },
    /** Where the next column begins, and where the last one has to end. */
    private top: number,
    private readonly end: number,
  ) {}

  /** Address space for `bytes` of columns, 4 GB at most; null where there is not so much. */
  static create(bytes: number): KernelMemory | null {
    const memory = createSharedMemory(Math.min(bytes + LINE, MOST_PAGES * PAGE_BYTES));
    return memory && new KernelMemory(memory, LINE, memory.buffer.byteLength);
  }

  /** The memory that another thread lent: all of its columns can be worked on, new ones lie in the part. */
  static of({ imported, from, end }: LentMemory): KernelMemory {
    return new KernelMemory(imported, from, end);
  }

  /** A part that no column here will take; null where there is no room. */
  lend(bytes: number): LentMemory | null {
    const from = this.top;
    if (from + roundUp(bytes) > this.end) return null;
    this.top += roundUp(bytes);
    return { imported: this.imported, from, end: this.top };
  }

  readonly u8 = (length: number) =>
    this.place(length, (at) => new Uint8Array(this.imported.buffer, at, length)) ?? sharedMemory.u8(length);
  readonly u16 = (length: number) =>
    this.place(length * 2, (at) => new Uint16Array(this.imported.buffer, at, length)) ?? sharedMemory.u16(length);
  readonly u32 = (length: number) =>
    this.place(length * 4, (at) => new Uint32Array(this.imported.buffer, at, length)) ?? sharedMemory.u32(length);
  readonly f64 = (length: number) =>
    this.place(length * 8, (at) => new Float64Array(this.imported.buffer, at, length)) ?? sharedMemory.f64(length);

  readonly recycle = ({ buffer, byteOffset, byteLength }: Column) => {
    // The rest of a column that is still in use may begin within a line.
    const range = { at: roundUp(byteOffset), end: roundUp(byteOffset + byteLength) };
    if (buffer === this.imported.buffer && range.at < range.end) this.free.push(range);
  };

  /** Columns become addresses, 0 stands for none, numbers stay; null when one of the columns lies elsewhere. */
  addressesOf<const Given extends readonly (Column | number | null)[]>(
    ...given: Given
  ): { [Key in keyof Given]: number } | null {
    const addresses: number[] = [];
    for (const item of given) {
      if (item === null || typeof item === 'number') addresses.push(item ?? 0);
      else if (item.buffer === this.imported.buffer) addresses.push(item.byteOffset);
      else return null;
    }
    return addresses as { [Key in keyof Given]: number };
  }

  private place<T>(bytes: number, view: (at: number) => T): T | null {
    const needed = roundUp(bytes);
    const range = this.free.find(({ at, end }) => end - at >= needed);
    if (range) {
      const { at } = range;
      range.at += needed;
      new Uint8Array(this.imported.buffer, at, bytes).fill(0);
      return view(at);
    }
    const end = this.top + needed;
    if (end > this.end) return null;
    const at = this.top;
    this.top = end;
    return view(at);
  }
}

const roundUp = (bytes: number) => Math.ceil(bytes / LINE) * LINE;
