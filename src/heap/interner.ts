import { type ColumnMemory, sharedMemory } from './column-memory';
import type { ClassLoops } from './loops/class-loops';

/** A table of pairs as the loops work on it. */
export interface PairColumns {
  /** Number + 1 of the pair at a slot of the open-addressing table, 0 for none; `mask` + 1 of them, a power of two. */
  readonly slots: Uint32Array;
  readonly mask: number;
  /** Members of the pairs, and where each was met first, by number. */
  readonly first: Uint32Array;
  readonly second: Uint32Array;
  readonly row: Uint32Array;
  /** One number: how many pairs there are. */
  readonly count: Uint32Array;
}

/** What {@link PairInterner.internSited} numbers: the pairs of `a` and a node's site at marked places, a bit each. */
export interface SitedSource {
  readonly marks: Uint32Array;
  readonly a: Uint32Array;
  readonly sites: {
    /** Nodes that have a site, a bit each; how many of them come before each word; the sites in their order. */
    readonly columns: readonly [hasSite: Uint32Array, before: Uint32Array, siteOfRank: Uint32Array];
  };
}

const FEWEST_SLOTS = 64;
/** Places that are looked at before the table grows again: so many pairs they may add. */
const SLICE = 1 << 15;

/**
 * Maps pairs of 32-bit numbers to dense indices 0, 1, 2 ... in order of first appearance.
 * An open-addressing table over typed arrays: a JavaScript Map would need one string or object per key.
 */
export class PairInterner {
  private table: PairColumns;

  constructor(private readonly memory: ColumnMemory = sharedMemory) {
    this.table = this.allocate(FEWEST_SLOTS, memory.u32(1));
  }

  get count(): number {
    return this.table.count[0]!;
  }

  /** First and second members of the pairs, by number; `count` are valid. */
  get first(): Uint32Array {
    return this.table.first;
  }

  get second(): Uint32Array {
    return this.table.second;
  }

  /** Where each pair was met first, by number. */
  get row(): Uint32Array {
    return this.table.row;
  }

  /** Forgets all pairs. */
  clear(): void {
    this.table.slots.fill(0);
    this.table.count[0] = 0;
  }

  intern(a: number, b: number, at = 0): number {
    this.reserve(1);
    return internPair(this.table, a, b, at);
  }

  /** Writes the numbers of the first `length` pairs of `a` and `b` to `out`: one of the two may be it. */
  internAll(loops: ClassLoops, a: Uint32Array, b: Uint32Array, out: Uint32Array, length: number): void {
    for (let from = 0; from < length; from += SLICE) {
      const end = Math.min(from + SLICE, length);
      loops.internPairs(a, b, ...this.columnsFor(end - from), out, from, end);
    }
  }

  /** The same at marked places, counted from `base` on, with nodes' sites for `b`; without `out` only the table is filled. */
  internSited(loops: ClassLoops, { marks, a, sites }: SitedSource, out: Uint32Array | null, length: number, base = 0) {
    for (let from = 0; from < length; from += SLICE) {
      const end = Math.min(from + SLICE, length);
      loops.internSited(marks, a, ...sites.columns, ...this.columnsFor(end - from), base, out, from, end);
    }
  }

  /** The table for a loop, with room for so many more pairs. */
  columnsFor(more: number) {
    this.reserve(more);
    const { slots, mask, first, second, row, count } = this.table;
    return [slots, mask, first, second, row, count] as const;
  }

  private reserve(more: number): void {
    const { table } = this;
    const needed = (this.count + more) * 2;
    if (needed <= table.slots.length) return;
    let slotCount = table.slots.length * 2;
    while (slotCount < needed) slotCount *= 2;
    const larger = this.allocate(slotCount, table.count);
    for (const column of ['first', 'second', 'row'] as const) larger[column].set(table[column].subarray(0, this.count));
    for (let index = 0; index < this.count; index++) {
      let slot = hashPair(table.first[index]!, table.second[index]!) & larger.mask;
      while (larger.slots[slot] !== 0) slot = (slot + 1) & larger.mask;
      larger.slots[slot] = index + 1;
    }
    this.table = larger;
  }

  /** Half of the slots can be filled. */
  private allocate(slotCount: number, count: Uint32Array): PairColumns {
    const { u32 } = this.memory;
    const pairs = slotCount / 2;
    return {
      slots: u32(slotCount),
      mask: slotCount - 1,
      first: u32(pairs),
      second: u32(pairs),
      row: u32(pairs),
      count,
    };
  }
}

/** The number of a pair in a table that has room for it. */
export function internPair({ slots, mask, first, second, row, count }: PairColumns, a: number, b: number, at: number) {
  let slot = hashPair(a, b) & mask;
  for (let entry = slots[slot]!; entry !== 0; entry = slots[slot]!) {
    if (first[entry - 1] === a && second[entry - 1] === b) return entry - 1;
    slot = (slot + 1) & mask;
  }
  const number = count[0]!++;
  first[number] = a;
  second[number] = b;
  row[number] = at;
  slots[slot] = number + 1;
  return number;
}

/** Two rounds of the 32-bit finalizer of MurmurHash3 (Appleby, public domain). */
function hashPair(a: number, b: number): number {
  let h = Math.imul(a ^ (a >>> 16), 0x85ebca6b) ^ b;
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
