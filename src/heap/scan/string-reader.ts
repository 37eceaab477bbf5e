/** Reads the `strings` list into a {@link StringTableBuilder} without decoding it. */
import type { StringTableBuilder } from '../strings';
import { ScanFault } from './row-scanner';
import { isSpace, type ValueReader } from './section-reader';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;

export class StringListReader implements ValueReader {
  readonly where = 'its strings';
  isDone = false;
  private opened = false;
  private inString = false;
  /** The byte before this block was an unescaped backslash. */
  private escaped = false;
  private mayOpenString = true;
  private mayClose = true;

  constructor(private readonly builder: StringTableBuilder) {}

  feed(bytes: Uint8Array, from: number, to: number): number {
    // A Buffer over the same memory: its indexOf is native and finds quotes many bytes at a time.
    const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    let position = from;
    while (position < to && !this.isDone) {
      position = this.inString ? this.readString(view, position, to) : this.readBetween(bytes[position]!, position);
    }
    return position;
  }

  private readString(bytes: Buffer, from: number, to: number): number {
    let search = from;
    if (this.escaped) {
      search++;
      this.escaped = false;
    }
    for (;;) {
      const quote = bytes.indexOf(QUOTE, search);
      const end = quote < 0 || quote >= to ? to : quote;
      const isEscaped = trailingBackslashes(bytes, Math.max(from, search), end) % 2 === 1;
      if (end === to) {
        this.escaped = isEscaped;
        this.builder.appendBytes(bytes.subarray(from, to));
        return to;
      }
      if (isEscaped) {
        search = end + 1;
        continue;
      }
      this.builder.appendBytes(bytes.subarray(from, end));
      this.builder.endString();
      this.inString = false;
      this.mayOpenString = false;
      this.mayClose = true;
      return end + 1;
    }
  }

  private readBetween(byte: number, position: number): number {
    if (isSpace(byte)) return position + 1;
    if (!this.opened) {
      if (byte !== OPEN_LIST) throw new ScanFault(position, 'strings is not a list');
      this.opened = true;
    } else if (byte === QUOTE && this.mayOpenString) this.inString = true;
    else if (byte === COMMA && !this.mayOpenString) {
      this.mayOpenString = true;
      this.mayClose = false;
    } else if (byte === CLOSE_LIST && this.mayClose) this.isDone = true;
    else throw new ScanFault(position, 'unexpected byte between strings');
    return position + 1;
  }
}

/** How many backslashes stand right before `end`, not looking before `from`. */
function trailingBackslashes(bytes: Uint8Array, from: number, end: number): number {
  let at = end;
  while (at > from && bytes[at - 1] === BACKSLASH) at--;
  return end - at;
}
