/** The kernel behind the scanners' interfaces: copies blocks in, shows columns and events that lie in its memory. */
import { BATCH_ROWS, type RowScanner, ScanFault } from '../scan/row-scanner';
import type { StringScanner } from '../scan/string-scanner';
import type { ScanKernel } from './scan-kernel';

/** Sentences for the kernel's faults, by number. */
const FAULTS = [
  '',
  'unexpected byte',
  'a comma where a number belongs',
  'the list ends with a comma',
  'a number over 2^53',
] as const;

/** A batch is full at this many values of 2^32 and more. */
const MOST_WIDE = 1 << 16;
const NOTHING = new Uint8Array(0);

export class KernelRowScanner implements RowScanner {
  /** The beginning of a number that the last block ended with; it comes before the next block. */
  private carry = NOTHING;
  /** The block whose rest lies in the kernel's input, from `resumeAt` on; null when nothing is left there. */
  private block: Uint8Array | null = null;
  private resumeAt = 0;
  /** End of the bytes in the kernel's input. */
  private end = 0;
  /** An offset in the block is one in the kernel's input plus this. */
  private origin = 0;

  constructor(private readonly kernel: ScanKernel) {}

  get isClosed(): boolean {
    return this.kernel.isClosed() !== 0;
  }

  get rowCount(): number {
    return this.kernel.rowCount();
  }

  get looseFields(): number {
    return this.kernel.looseFields();
  }

  get wide(): Uint32Array {
    const { kernel } = this;
    return new Uint32Array(kernel.memory.buffer, kernel.wideOffset(), kernel.wideCount() * 3);
  }

  begin(fieldCount: number): void {
    this.kernel.beginRows(fieldCount);
    this.carry = NOTHING;
    this.block = null;
  }

  scan(bytes: Uint8Array, from: number, to: number): number {
    const { kernel } = this;
    const isLoaded = this.block === bytes && this.resumeAt + this.origin === from;
    if (!isLoaded) this.load(bytes, from, to);
    const stop = kernel.scanRows(this.resumeAt, this.end);
    const position = stop + this.origin;
    if (kernel.fault() !== 0) throw new ScanFault(Math.max(position, from), FAULTS[kernel.fault()]!);
    if (this.isClosed) return position;
    if (this.isFull) {
      if (position < from) return from; // not even what was carried over found room
      this.carry = NOTHING;
      this.block = bytes;
      this.resumeAt = stop;
      return position;
    }
    this.carry = this.input().slice(stop, this.end);
    this.block = null;
    return this.end + this.origin;
  }

  column(field: number): Uint32Array {
    const { kernel } = this;
    return new Uint32Array(kernel.memory.buffer, kernel.outputOffset() + field * BATCH_ROWS * 4, kernel.rowCount());
  }

  largest(field: number): number {
    return this.kernel.largest(field) >>> 0;
  }

  nextBatch(): void {
    this.kernel.nextBatch();
  }

  private get isFull(): boolean {
    return this.kernel.rowCount() === BATCH_ROWS || this.kernel.wideCount() === MOST_WIDE;
  }

  /** Fills the kernel's input with what was carried over and as much of the block as there is room for. */
  private load(bytes: Uint8Array, from: number, to: number): void {
    const { carry } = this;
    const input = this.input();
    const part = bytes.subarray(from, Math.min(to, from + input.length - carry.length));
    input.set(carry);
    input.set(part, carry.length);
    this.block = null;
    this.resumeAt = 0;
    this.end = carry.length + part.length;
    this.origin = from - carry.length;
  }

  private input(): Uint8Array {
    const { kernel } = this;
    return new Uint8Array(kernel.memory.buffer, kernel.inputOffset(), kernel.inputBytes());
  }
}

export class KernelStringScanner implements StringScanner {
  events = new Uint32Array(0);

  constructor(private readonly kernel: ScanKernel) {}

  get isClosed(): boolean {
    return this.kernel.isClosed() !== 0;
  }

  begin(): void {
    this.kernel.beginStrings();
  }

  scan(bytes: Uint8Array, from: number, to: number): number {
    const { kernel } = this;
    const part = bytes.subarray(from, Math.min(to, from + kernel.inputBytes()));
    new Uint8Array(kernel.memory.buffer, kernel.inputOffset(), part.length).set(part);
    const stop = kernel.scanStrings(0, part.length);
    if (kernel.fault() !== 0) throw new ScanFault(from + stop, 'unexpected byte between strings');
    const events = new Uint32Array(kernel.memory.buffer, kernel.outputOffset(), kernel.eventCount());
    for (let i = 0; i < events.length; i++) events[i]! += from;
    this.events = events;
    return from + stop;
  }
}
