// Decimal text into a file, a block at a time: what the generator spends its time on.
import { closeSync, openSync, writeSync } from 'node:fs';

const BLOCK = 1 << 22;
const BILLION = 1e9;
const ZERO = 48;

/** Appends text and integers to a file; without a file it only counts bytes. */
export class DigitWriter {
  constructor(file) {
    this.fd = file === null ? -1 : openSync(file, 'w');
    this.block = Buffer.allocUnsafe(BLOCK);
    this.at = 0;
    this.flushed = 0;
  }

  get bytes() {
    return this.flushed + this.at;
  }

  byte(code) {
    if (this.at === BLOCK) this.flush();
    this.block[this.at++] = code;
  }

  text(text) {
    const length = Buffer.byteLength(text);
    if (this.at + length > BLOCK) this.flush();
    if (length > BLOCK) throw new RangeError(`one text of ${length} bytes is longer than a block`);
    this.at += this.block.write(text, this.at);
  }

  integer(value) {
    if (this.at + 20 > BLOCK) this.flush();
    if (value < BILLION) return this.digits(value, countDigits(value));
    const high = Math.floor(value / BILLION);
    this.digits(high, countDigits(high));
    this.digits(value - high * BILLION, 9);
  }

  digits(value, count) {
    let rest = value | 0;
    for (let at = this.at + count - 1; at >= this.at; at--) {
      const next = (rest / 10) | 0;
      this.block[at] = ZERO + rest - next * 10;
      rest = next;
    }
    this.at += count;
  }

  flush() {
    for (let done = 0; this.fd >= 0 && done < this.at; ) {
      done += writeSync(this.fd, this.block, done, this.at - done);
    }
    this.flushed += this.at;
    this.at = 0;
  }

  close() {
    this.flush();
    if (this.fd >= 0) closeSync(this.fd);
  }
}

function countDigits(value) {
  if (value < 10) return 1;
  if (value < 100) return 2;
  if (value < 1000) return 3;
  if (value < 1e4) return 4;
  if (value < 1e5) return 5;
  if (value < 1e6) return 6;
  if (value < 1e7) return 7;
  return value < 1e8 ? 8 : 9;
}
