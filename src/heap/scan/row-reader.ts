/** Feeds the bytes of one list of integers to a {@link RowScanner} and hands its batches on. */
import { isSpace, OPEN_LIST } from './ascii';
import { type RowScanner, ScanFault } from './row-scanner';
import type { ValueReader } from './section-reader';

/** Takes the complete rows of one batch; `offset` is where the section begins in the file. */
export type TakeBatch = (scanner: RowScanner) => void;

export class RowReader implements ValueReader {
  private opened = false;

  constructor(
    readonly where: string,
    private readonly scanner: RowScanner,
    private readonly fieldCount: number,
    private readonly take: TakeBatch,
  ) {}

  get isDone(): boolean {
    return this.opened && this.scanner.isClosed;
  }

  feed(bytes: Uint8Array, from: number, to: number): number {
    let position = this.opened ? from : this.open(bytes, from, to);
    while (this.opened && position < to && !this.scanner.isClosed) {
      position = this.scanner.scan(bytes, position, to);
      // Stopping short means that the batch is full.
      if (position < to || this.scanner.isClosed) this.takeBatch(position);
    }
    return position;
  }

  private open(bytes: Uint8Array, from: number, to: number): number {
    let position = from;
    while (position < to && isSpace(bytes[position]!)) position++;
    if (position === to) return to;
    if (bytes[position] !== OPEN_LIST) throw new ScanFault(position, `${this.where} is not a list of numbers`);
    this.opened = true;
    this.scanner.begin(this.fieldCount);
    return position + 1;
  }

  private takeBatch(position: number): void {
    const { scanner, fieldCount } = this;
    if (scanner.isClosed && scanner.looseFields > 0) {
      throw new ScanFault(position, `the last row of ${this.where} has ${scanner.looseFields} of ${fieldCount} fields`);
    }
    if (scanner.rowCount > 0) this.take(scanner);
    scanner.nextBatch();
  }
}
