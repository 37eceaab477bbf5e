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
    return ((this.words[i >>> 5]! >>> (i & 31)) & 1) === 1;
  }

  add(i: number): void {
    this.words[i >>> 5]! |= 1 << (i & 31);
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
    this.words[i >>> 5]! &= ~(1 << (i & 31));
  }
}
