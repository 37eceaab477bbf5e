import { type ColumnMemory, sharedMemory } from './column-memory';

/** One bit per item, 32 to a word. */
export class BitVector {
  readonly words: Uint32Array;

  constructor(length: number, words: Uint32Array = sharedMemory.u32((length + 31) >>> 5)) {
    this.words = words;
  }

  /** Empty, in a heap's memory. */
  static in(memory: ColumnMemory, length: number): BitVector {
    return new BitVector(length, memory.u32((length + 31) >>> 5));
  }

  has(i: number): boolean {
    return hasBit(this.words, i);
  }

  add(i: number): void {
    addBit(this.words, i);
  }

  addAll(items: Iterable<number>): this {
    for (const item of items) this.add(item);
    return this;
  }

  /** Calls `take` for each item whose bit is set, ascending. */
  each(take: (i: number) => void): void {
    for (let word = 0; word < this.words.length; word++) {
      for (let bits = this.words[word]!; bits !== 0; bits &= bits - 1) take(word * 32 + 31 - Math.clz32(bits & -bits));
    }
  }

  remove(i: number): void {
    removeBit(this.words, i);
  }
}

export function hasBit(bits: Uint32Array, i: number): boolean {
  return ((bits[i >>> 5]! >>> (i & 31)) & 1) === 1;
}

export function addBit(bits: Uint32Array, i: number): void {
  bits[i >>> 5]! |= 1 << (i & 31);
}

export function removeBit(bits: Uint32Array, i: number): void {
  bits[i >>> 5]! &= ~(1 << (i & 31));
}

/** Bits set in a word, added up in pairs, in fours, in bytes (Warren, Hacker's Delight, section 5-1). */
export function countBits(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** How many bits come before one that is set; `before` tells it of each word. */
export function rankOf(bits: Uint32Array, before: Uint32Array, i: number): number {
  return before[i >>> 5]! + countBits(bits[i >>> 5]! & ((1 << (i & 31)) - 1));
}
