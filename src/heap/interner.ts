/**
 * Maps pairs of 32-bit numbers to dense indices 0, 1, 2 ... in order of first appearance.
 * An open-addressing table over typed arrays: a JavaScript Map would need one string or object per key.
 */
export class PairInterner {
  count = 0;
  /** First and second members of the interned pairs, by index; `count` are valid. */
  first = new Uint32Array(256);
  second = new Uint32Array(256);
  private slots = new Uint32Array(1024); // index + 1; 0 is free
  private mask = 1023;

  intern(a: number, b: number): number {
    let slot = hashPair(a, b) & this.mask;
    for (let entry = this.slots[slot]!; entry !== 0; entry = this.slots[slot]!) {
      if (this.first[entry - 1] === a && this.second[entry - 1] === b) return entry - 1;
      slot = (slot + 1) & this.mask;
    }
    if (this.count === this.first.length) this.growPairs();
    this.first[this.count] = a;
    this.second[this.count] = b;
    this.slots[slot] = ++this.count;
    if (this.count * 2 > this.mask) this.growSlots();
    return this.count - 1;
  }

  private growPairs(): void {
    this.first = doubled(this.first);
    this.second = doubled(this.second);
  }

  private growSlots(): void {
    this.mask = this.mask * 2 + 1;
    this.slots = new Uint32Array(this.mask + 1);
    for (let index = 0; index < this.count; index++) {
      let slot = hashPair(this.first[index]!, this.second[index]!) & this.mask;
      while (this.slots[slot] !== 0) slot = (slot + 1) & this.mask;
      this.slots[slot] = index + 1;
    }
  }
}

function doubled(array: Uint32Array): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(array.length * 2);
  larger.set(array);
  return larger;
}

/** Two rounds of the 32-bit finalizer of MurmurHash3 (Appleby, public domain). */
function hashPair(a: number, b: number): number {
  let h = Math.imul(a ^ (a >>> 16), 0x85ebca6b) ^ b;
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
