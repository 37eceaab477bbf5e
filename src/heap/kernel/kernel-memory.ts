import { type ColumnMemory, sharedMemory } from '../column-memory';
import { createSharedMemory, MOST_PAGES, PAGE_BYTES } from './compile-kernel';

export type Column = Uint8Array | Uint16Array | Uint32Array | Float64Array;

/** Columns start at lines of the processor's cache. Address 0 stands for no column. */
const LINE = 64;

/**
 * Columns in a memory that the graph kernel works in, one after the other: what is not touched takes none, and what
 * is given up stays. A column that finds no room there gets a buffer of its own.
 */
export class KernelMemory implements ColumnMemory {
  private top = LINE;
  private readonly bytes: number;

  private constructor(
    /** The memory as WebAssembly imports it. */
    readonly imported: { readonly buffer: ArrayBufferLike },
  ) {
    this.bytes = imported.buffer.byteLength;
  }

  /** Address space for `bytes` of columns, 4 GB at most; null where there is not so much. */
  static create(bytes: number): KernelMemory | null {
    const memory = createSharedMemory(Math.min(bytes + LINE, MOST_PAGES * PAGE_BYTES));
    return memory && new KernelMemory(memory);
  }

  readonly u8 = (length: number) =>
    this.place(length, (at) => new Uint8Array(this.imported.buffer, at, length)) ?? sharedMemory.u8(length);
  readonly u16 = (length: number) =>
    this.place(length * 2, (at) => new Uint16Array(this.imported.buffer, at, length)) ?? sharedMemory.u16(length);
  readonly u32 = (length: number) =>
    this.place(length * 4, (at) => new Uint32Array(this.imported.buffer, at, length)) ?? sharedMemory.u32(length);
  readonly f64 = (length: number) =>
    this.place(length * 8, (at) => new Float64Array(this.imported.buffer, at, length)) ?? sharedMemory.f64(length);

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
    const end = this.top + Math.ceil(bytes / LINE) * LINE;
    if (end > this.bytes) return null;
    const at = this.top;
    this.top = end;
    return view(at);
  }
}
