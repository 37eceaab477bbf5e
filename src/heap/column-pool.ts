import type { ColumnMemory } from './column-memory';

/**
 * Columns of one number per node that steps lend each other. Memory that was never touched is the dearest thing a step
 * can ask for: each new page costs a fault, and all of them together are the peak.
 */
export class ColumnPool {
  constructor(
    private readonly length: number,
    private readonly memory: ColumnMemory,
    private free: Uint32Array[] = [],
  ) {}

  /** A column with anything in it. */
  take(): Uint32Array {
    return this.free.pop() ?? this.memory.u32(this.length);
  }

  /** Room for `length` numbers in one piece, whole columns of it. What is not filled takes no memory. */
  takePiece(length: number): Uint32Array {
    return this.memory.u32(Math.ceil(length / this.length) * this.length);
  }

  /** Takes over what was allocated elsewhere, if it is long enough. */
  adopt(column: Uint32Array): void {
    if (column.length >= this.length) this.giveBack(column.subarray(0, this.length));
  }

  /** Takes a piece back, as columns. */
  giveBackPiece(piece: Uint32Array): void {
    for (let end = piece.length; end > 0; end -= this.length) this.free.push(piece.subarray(end - this.length, end));
  }

  /** Gives all columns away that are free: another thread's pool begins with them. */
  drain(): Uint32Array[] {
    const { free } = this;
    this.free = [];
    return free;
  }

  /**
   * A column for a stack or a list that is mostly short. Few of its pages are touched, if any, so it is none of those
   * that others have used and `take` gives away first.
   */
  takeStack(): Uint32Array {
    return this.free.shift() ?? this.memory.u32(this.length);
  }

  giveBackStack(...columns: Uint32Array[]): void {
    this.free.unshift(...columns);
  }

  /** The caller has no more use for the columns. */
  giveBack(...columns: Uint32Array[]): void {
    this.free.push(...columns);
  }
}
