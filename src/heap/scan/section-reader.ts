/**
 * Splits a snapshot into its top-level members as bytes stream by. Knows JSON's outer shape and nothing of heaps:
 * which members there are, in which order and with how much white space is up to the file.
 */

import { HeapdiffError } from '../../errors';
import { BACKSLASH, CLOSE_LIST, CLOSE_OBJECT, COLON, COMMA, isSpace, OPEN_LIST, OPEN_OBJECT, QUOTE } from './ascii';
import { ScanFault } from './row-scanner';

/** Reads one member's value. `feed` returns the offset of the first byte it left; then `isDone` tells why. */
export interface ValueReader {
  feed(bytes: Uint8Array, from: number, to: number): number;
  readonly isDone: boolean;
  /** Named in messages when the file ends inside the value. */
  readonly where: string;
}

/** What the next significant byte must be. */
type Expectation =
  | 'object'
  | 'key or end'
  | 'key'
  | 'rest of key'
  | 'colon'
  | 'value'
  | 'inside value'
  | 'comma or end'
  | 'nothing';

const LONGEST_KEY = 256;

export class SectionReader {
  private expects: Expectation = 'object';
  private key = '';
  private reader: ValueReader | null = null;
  private offset = 0;

  constructor(
    private readonly file: string,
    /** Chooses who reads the value of `key`, which begins at `offset` with `firstByte` (not yet consumed). */
    private readonly readerFor: (key: string, offset: number, firstByte: number) => ValueReader,
  ) {}

  /** Takes the next block of the file. */
  feed(bytes: Uint8Array): void {
    let position = 0;
    while (position < bytes.length) {
      try {
        position = this.reader ? this.feedReader(bytes, position) : this.step(bytes, position);
      } catch (fault) {
        if (!(fault instanceof ScanFault)) throw fault;
        throw this.corrupt(fault.position, fault.message);
      }
    }
    this.offset += bytes.length;
  }

  /** Called after the last block. Throws when the file ends too early. */
  finish(): void {
    if (this.expects === 'nothing') return;
    if (this.expects === 'object') throw new HeapdiffError('FILE_EMPTY', { file: this.file });
    const where = this.reader ? this.reader.where : 'its outermost object';
    throw new HeapdiffError('SNAPSHOT_TRUNCATED', { file: this.file, offset: this.offset, where });
  }

  private feedReader(bytes: Uint8Array, from: number): number {
    const reader = this.reader!;
    const left = reader.feed(bytes, from, bytes.length);
    if (reader.isDone) {
      this.reader = null;
      this.expects = 'comma or end';
    }
    return left;
  }

  /** Handles one byte outside of values; returns the offset of the next. */
  private step(bytes: Uint8Array, position: number): number {
    const byte = bytes[position]!;
    if (this.expects === 'rest of key') {
      if (byte === QUOTE) this.expects = 'colon';
      else this.key += String.fromCharCode(byte);
      if (this.key.length > LONGEST_KEY) throw this.corrupt(position, 'a member name without end');
      return position + 1;
    }
    if (isSpace(byte)) return position + 1;
    switch (this.expects) {
      case 'object':
        if (byte !== OPEN_OBJECT) throw this.notASnapshot(position, 'it does not begin with {');
        this.expects = 'key or end';
        break;
      case 'key or end':
      case 'key':
        if (byte === QUOTE) {
          this.key = '';
          this.expects = 'rest of key';
        } else if (byte === CLOSE_OBJECT && this.expects === 'key or end') this.expects = 'nothing';
        else throw this.corrupt(position, 'no member name where one belongs');
        break;
      case 'colon':
        if (byte !== COLON) throw this.corrupt(position, `no colon after "${this.key}"`);
        this.expects = 'value';
        break;
      case 'value':
        this.reader = this.readerFor(this.key, this.offset + position, byte);
        this.expects = 'inside value';
        return position; // the value's first byte belongs to its reader
      case 'comma or end':
        if (byte === COMMA) this.expects = 'key';
        else if (byte === CLOSE_OBJECT) this.expects = 'nothing';
        else throw this.corrupt(position, `no comma after "${this.key}"`);
        break;
      default:
        throw this.corrupt(position, 'bytes after the end of the snapshot');
    }
    return position + 1;
  }

  private corrupt(position: number, reason: string): HeapdiffError {
    return new HeapdiffError('SNAPSHOT_CORRUPT', { file: this.file, offset: this.offset + position, reason });
  }

  private notASnapshot(position: number, reason: string): HeapdiffError {
    return new HeapdiffError('NOT_A_SNAPSHOT', { file: this.file, offset: this.offset + position, reason });
  }
}

/** Skips any JSON value; keeps its bytes when asked to. Checks balance, not grammar. */
export class BalancedReader implements ValueReader {
  isDone = false;
  private depth = 0;
  private inString = false;
  private escaped = false;
  private readonly kept: Buffer[] = [];
  private keptBytes = 0;

  constructor(
    readonly where: string,
    /** Most bytes to keep; 0 keeps none. */
    private readonly keepUpTo = 0,
  ) {}

  /** The value's text, once done. */
  text(): string {
    return Buffer.concat(this.kept).toString('utf8');
  }

  feed(bytes: Uint8Array, from: number, to: number): number {
    let position = from;
    for (; position < to && !this.isDone; position++) {
      const byte = bytes[position]!;
      if (this.inString) this.stepInString(byte);
      else if (byte === QUOTE) this.inString = true;
      else if (byte === OPEN_OBJECT || byte === OPEN_LIST) this.depth++;
      else if (byte === CLOSE_OBJECT || byte === CLOSE_LIST) {
        if (this.depth === 0) break; // a bare number or word ends where its parent does
        this.depth--;
        if (this.depth === 0) this.isDone = true;
      } else if (byte === COMMA && this.depth === 0) break;
    }
    if (position < to && !this.isDone) this.isDone = true;
    this.keep(bytes.subarray(from, position), from);
    return position;
  }

  private stepInString(byte: number): void {
    if (this.escaped) this.escaped = false;
    else if (byte === BACKSLASH) this.escaped = true;
    else if (byte === QUOTE) {
      this.inString = false;
      if (this.depth === 0) this.isDone = true;
    }
  }

  private keep(bytes: Uint8Array, from: number): void {
    if (this.keepUpTo === 0) return;
    const room = this.keepUpTo - this.keptBytes;
    if (bytes.length > room) throw new ScanFault(from + room, `${this.where} is larger than ${this.keepUpTo} bytes`);
    this.keptBytes += bytes.length;
    this.kept.push(Buffer.from(bytes));
  }
}
