/**
 * The hot path of reading: digits to columns. A scanner takes the bytes of one `[1,2,3,...]` section and hands out
 * batches of complete rows, one column per field. There may be several scanners behind this interface; this file
 * holds the plain one, which is the oracle for faster ones and the fallback where they cannot run.
 */
import { CLOSE_LIST, COMMA, SPACE } from './ascii';

/** Rows in one batch. Small enough for the batch of the widest rows to stay in the L2 cache. */
export const BATCH_ROWS = 16_384;

/** Complete rows, by column. */
export interface RowBatch {
  readonly rowCount: number;
  /** Low 32 bits of one field of all rows; valid until the next batch. */
  column(field: number): Uint32Array;
  /** The largest value of that column, 0 for none. */
  largest(field: number): number;
  /** Row, field and high part, in turn, of each value of 2^32 and more: it is `high * 2^32 + column(field)[row]`. */
  readonly wide: ArrayLike<number>;
}

/** A batch out of its columns. */
export function batchOf(batch: Omit<RowBatch, 'largest'>): RowBatch {
  return { ...batch, largest: (field) => largestOf(batch.column(field)) };
}

function largestOf(column: Uint32Array): number {
  let largest = 0;
  for (let row = 0; row < column.length; row++) if (column[row]! > largest) largest = column[row]!;
  return largest;
}

export interface RowScanner extends RowBatch {
  /** Starts a section whose rows have `fieldCount` integers; `bytes` fed next begin right after the `[`. */
  begin(fieldCount: number): void;
  /**
   * Consumes `bytes[from..to)` and returns the offset of the first byte it left: `to`, or less when the batch is
   * full (take it, call `nextBatch`, go on) or when the section's `]` was read (`isClosed`).
   * Throws {@link ScanFault} at a byte that belongs in no list of unsigned integers.
   */
  scan(bytes: Uint8Array, from: number, to: number): number;
  /** The section's closing bracket was read. */
  readonly isClosed: boolean;
  /** At most {@link BATCH_ROWS}. */
  readonly rowCount: number;
  /** Integers of an incomplete last row: not 0 on a closed section means that the section is cut wrongly. */
  readonly looseFields: number;
  /** Forgets the complete rows; an incomplete one is kept. */
  nextBatch(): void;
}

/** A byte that does not belong; `position` is its offset in the bytes given. */
export class ScanFault extends Error {
  constructor(
    readonly position: number,
    reason: string,
  ) {
    super(reason);
  }
}

/** What may come next. The first member of a list may be missing, one after a comma may not. */
const FIRST = 0;
const SEPARATOR = 1;
const NUMBER = 2;
const MAX_SAFE = Number.MAX_SAFE_INTEGER;

export class PlainRowScanner implements RowScanner {
  isClosed = false;
  wide: number[] = [];
  private fieldCount = 1;
  private flat = new Uint32Array(0);
  private used = 0;
  /** The number being read, -1 between numbers: it may span two blocks of bytes. */
  private pending = -1;
  private expects = FIRST;

  begin(fieldCount: number): void {
    this.fieldCount = fieldCount;
    this.flat = new Uint32Array(fieldCount * BATCH_ROWS);
    this.used = 0;
    this.pending = -1;
    this.isClosed = false;
    this.expects = FIRST;
    this.wide = [];
  }

  scan(bytes: Uint8Array, from: number, to: number): number {
    const { flat } = this;
    const capacity = flat.length;
    let { used, pending } = this;
    let position = from;
    // Read digits into `pending`; any other byte ends the number, if there is one.
    while (position < to) {
      const byte = bytes[position]!;
      const digit = byte - 48;
      if (digit >= 0 && digit <= 9) {
        pending = pending < 0 ? digit : pending * 10 + digit;
        position++;
        continue;
      }
      if (pending >= 0) {
        if (used === capacity) break;
        if (pending > 0xffffffff) this.noteWide(pending, used, position);
        flat[used++] = pending; // stores the low 32 bits
        pending = -1;
        this.expects = SEPARATOR;
      }
      if (byte === COMMA) {
        if (this.expects !== SEPARATOR) throw new ScanFault(position, 'a comma where a number belongs');
        this.expects = NUMBER;
      } else if (byte === CLOSE_LIST) {
        if (this.expects === NUMBER) throw new ScanFault(position, 'the list ends with a comma');
        this.isClosed = true;
        position++;
        break;
      } else if (byte > SPACE) {
        throw new ScanFault(position, `unexpected byte 0x${byte.toString(16)} in a list of numbers`);
      }
      position++;
    }
    this.used = used;
    this.pending = pending;
    return position;
  }

  get rowCount(): number {
    return Math.floor(this.used / this.fieldCount);
  }

  get looseFields(): number {
    return this.used % this.fieldCount;
  }

  column(field: number): Uint32Array {
    const { flat, fieldCount, rowCount } = this;
    const column = new Uint32Array(rowCount);
    for (let row = 0, i = field; row < rowCount; row++, i += fieldCount) column[row] = flat[i]!;
    return column;
  }

  largest(field: number): number {
    return largestOf(this.column(field));
  }

  nextBatch(): void {
    const complete = this.rowCount * this.fieldCount;
    this.flat.copyWithin(0, complete, this.used);
    this.used -= complete;
    const rows = complete / this.fieldCount;
    const { wide } = this;
    this.wide = [];
    for (let i = 0; i < wide.length; i += 3) {
      if (wide[i]! >= rows) this.wide.push(wide[i]! - rows, wide[i + 1]!, wide[i + 2]!);
    }
  }

  private noteWide(value: number, index: number, position: number): void {
    if (value > MAX_SAFE) throw new ScanFault(position, 'a number over 2^53');
    const row = Math.floor(index / this.fieldCount);
    this.wide.push(row, index % this.fieldCount, Math.floor(value / 2 ** 32));
  }
}
