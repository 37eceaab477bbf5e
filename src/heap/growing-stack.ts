/** A stack of 32-bit numbers. Nearly always small; a list of a million nodes makes one as deep. */
export class GrowingStack {
  height = 0;
  private values = new Uint32Array(1 << 12);

  push(value: number): void {
    if (this.height === this.values.length) this.grow();
    this.values[this.height++] = value;
  }

  /** Must not be asked of an empty stack. */
  get top(): number {
    return this.values[this.height - 1]!;
  }

  /** Must not be called on an empty stack. */
  pop(): number {
    return this.values[--this.height]!;
  }

  private grow(): void {
    const larger = new Uint32Array(this.values.length * 2);
    larger.set(this.values);
    this.values = larger;
  }
}
