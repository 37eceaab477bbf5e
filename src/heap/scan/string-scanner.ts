/** Finds the strings of the `strings` list without decoding them. Several scanners may stand behind the interface. */
import { BACKSLASH, CLOSE_LIST, COMMA, QUOTE, SPACE } from './ascii';
import { ScanFault } from './row-scanner';

export interface StringScanner {
  /** Starts a list; the bytes scanned next begin right after its `[`. */
  begin(): void;
  /**
   * Scans `bytes[from..to)`; returns the offset of the first byte it left: `to`, or less when the list's `]` was read
   * (`isClosed`) or when `events` must be taken first. Throws {@link ScanFault}.
   */
  scan(bytes: Uint8Array, from: number, to: number): number;
  readonly isClosed: boolean;
  /** Offsets in `bytes`, in turn of a string's first byte and of its closing quote; valid until the next call. */
  readonly events: Uint32Array;
}

/** The plain scanner: oracle for the kernel, and fallback where that cannot run. */
export class PlainStringScanner implements StringScanner {
  isClosed = false;
  private inString = false;
  private escaped = false;
  private mayOpen = true;
  private mayClose = true;
  private found = new Uint32Array(1 << 12);
  private count = 0;

  begin(): void {
    this.isClosed = false;
    this.inString = false;
    this.escaped = false;
    this.mayOpen = true;
    this.mayClose = true;
  }

  get events(): Uint32Array {
    return this.found.subarray(0, this.count);
  }

  scan(bytes: Uint8Array, from: number, to: number): number {
    this.count = 0;
    let position = from;
    for (; position < to && !this.isClosed; position++) {
      const byte = bytes[position]!;
      if (this.inString) {
        if (this.escaped) this.escaped = false;
        else if (byte === BACKSLASH) this.escaped = true;
        else if (byte === QUOTE) this.closeString(position);
      } else this.stepBetween(byte, position);
    }
    return position;
  }

  private closeString(position: number): void {
    this.note(position);
    this.inString = false;
    this.mayOpen = false;
    this.mayClose = true;
  }

  private stepBetween(byte: number, position: number): void {
    if (byte === QUOTE && this.mayOpen) {
      this.inString = true;
      this.note(position + 1);
    } else if (byte === COMMA && !this.mayOpen) {
      this.mayOpen = true;
      this.mayClose = false;
    } else if (byte === CLOSE_LIST && this.mayClose) this.isClosed = true;
    else if (byte > SPACE) throw new ScanFault(position, 'unexpected byte between strings');
  }

  private note(offset: number): void {
    if (this.count === this.found.length) {
      const larger = new Uint32Array(this.count * 2);
      larger.set(this.found);
      this.found = larger;
    }
    this.found[this.count++] = offset;
  }
}
