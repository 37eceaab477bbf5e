/** Reads the `strings` list into a {@link StringTableBuilder}. */

import type { StringTableBuilder } from '../strings';
import { isSpace, OPEN_LIST } from './ascii';
import { ScanFault } from './row-scanner';
import type { ValueReader } from './section-reader';
import type { StringScanner } from './string-scanner';

export class StringListReader implements ValueReader {
  readonly where = 'its strings';
  private opened = false;

  constructor(
    private readonly builder: StringTableBuilder,
    private readonly scanner: StringScanner,
  ) {}

  get isDone(): boolean {
    return this.opened && this.scanner.isClosed;
  }

  feed(bytes: Uint8Array, from: number, to: number): number {
    let position = this.opened ? from : this.open(bytes, from, to);
    while (this.opened && position < to && !this.scanner.isClosed) {
      const start = position;
      position = this.scanner.scan(bytes, start, to);
      this.builder.append(bytes.subarray(start, position), this.scanner.events, start);
    }
    return position;
  }

  private open(bytes: Uint8Array, from: number, to: number): number {
    let position = from;
    while (position < to && isSpace(bytes[position]!)) position++;
    if (position === to) return to;
    if (bytes[position] !== OPEN_LIST) throw new ScanFault(position, 'strings is not a list');
    this.opened = true;
    this.scanner.begin();
    return position + 1;
  }
}
