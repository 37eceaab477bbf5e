/**
 * Where the bytes of a file's strings are, counted from the first byte behind the section's bracket: of a plain file they
 * stay there, and are read again when somebody asks for a string; a stream's are kept.
 */
import fs from 'node:fs';
import { sharedMemory } from './column-memory';
import { type PlainFile, unreadable } from './source';

export interface StringBytes {
  /** Bytes `start` to `end`: a view or a copy, to be read only. */
  read(start: number, end: number): Uint8Array;
  /** What another thread reads the same bytes with. */
  pack(): PackedBytes;
}

/** A section in a file that can be read again. */
export interface FileSection extends PlainFile {
  /** Of the section's first byte. */
  readonly offset: number;
  /** Bytes of the section. */
  readonly length: number;
}

export type PackedBytes =
  | { readonly kind: 'kept'; readonly segments: readonly Uint8Array[] }
  | { readonly kind: 'filed'; readonly section: FileSection };

export function unpackBytes(packed: PackedBytes): StringBytes {
  return packed.kind === 'kept' ? new KeptBytes(packed.segments) : new FiledBytes(packed.section);
}

/** Bytes per segment; a power of two, and far below every runtime's limit for one buffer. */
const SEGMENT_BYTES = 1 << 26;
const SMALLEST_SEGMENT = 1 << 16;

/** Bytes in memory, in segments of one length but for the last. */
export class KeptBytes implements StringBytes {
  private total = 0;

  constructor(
    private readonly segments: readonly Uint8Array[] = [],
    /** How many bytes there may be: a good guess saves copies. */
    private readonly guess = 0,
  ) {}

  pack(): PackedBytes {
    return { kind: 'kept', segments: this.segments };
  }

  read(start: number, end: number): Uint8Array {
    const segment = Math.floor(start / SEGMENT_BYTES);
    const from = start - segment * SEGMENT_BYTES;
    if (from + end - start <= SEGMENT_BYTES) return this.segments[segment]!.subarray(from, from + end - start);
    const bytes = new Uint8Array(end - start);
    for (let at = start; at < end; ) {
      const last = Math.min(end, (Math.floor(at / SEGMENT_BYTES) + 1) * SEGMENT_BYTES);
      bytes.set(this.read(at, last), at - start);
      at = last;
    }
    return bytes;
  }

  append(bytes: Uint8Array): void {
    for (let from = 0; from < bytes.length; ) {
      const segment = Math.floor(this.total / SEGMENT_BYTES);
      const used = this.total - segment * SEGMENT_BYTES;
      const part = bytes.subarray(from, from + SEGMENT_BYTES - used);
      this.segmentWithRoom(segment, used + part.length).set(part, used);
      this.total += part.length;
      from += part.length;
    }
  }

  /** Segments are as long as the guess says, and double where it was too small. */
  private segmentWithRoom(segment: number, bytes: number): Uint8Array {
    const current = this.segments[segment];
    if (current && current.length >= bytes) return current;
    const guess = current ? current.length * 2 : Math.max(this.guess - segment * SEGMENT_BYTES, SMALLEST_SEGMENT);
    const larger = sharedMemory.u8(Math.min(SEGMENT_BYTES, Math.max(bytes, guess)));
    if (current) larger.set(current);
    (this.segments as Uint8Array[])[segment] = larger;
    return larger;
  }
}

/** Bytes that are read at once, and blocks of them that are kept. */
const BLOCK_BYTES = 1 << 14;
const MOST_BLOCKS = 128;
/** Who has read the section so often, block by block, is better off with all of it in memory. */
const MOST_READINGS = 4;

/** The file stays open, so that it may be removed meanwhile, until nobody has the bytes any more. */
const openFiles = new FinalizationRegistry<number>((descriptor) => fs.closeSync(descriptor));

/** Bytes in a file, read when they are asked for. */
export class FiledBytes implements StringBytes {
  private readonly descriptor: number;
  /** The last ones come last. */
  private readonly blocks = new Map<number, Uint8Array>();
  private bytesRead = 0;
  private whole: KeptBytes | null = null;

  constructor(
    private readonly section: FileSection,
    private readonly blockBytes = BLOCK_BYTES,
  ) {
    this.descriptor = openSection(section);
    openFiles.register(this, this.descriptor, this);
  }

  pack(): PackedBytes {
    return { kind: 'filed', section: this.section };
  }

  read(start: number, end: number): Uint8Array {
    if (this.whole) return this.whole.read(start, end);
    const number = Math.floor(start / this.blockBytes);
    const from = start - number * this.blockBytes;
    const length = end - start;
    if (from + length <= this.blockBytes) return this.block(number).subarray(from, from + length);
    return this.load(start, length);
  }

  private block(number: number): Uint8Array {
    let block = this.blocks.get(number);
    if (!block) {
      if (this.blocks.size === MOST_BLOCKS) this.blocks.delete(this.blocks.keys().next().value!);
      const start = number * this.blockBytes;
      block = this.load(start, Math.min(this.blockBytes, this.section.length - start));
      this.blocks.set(number, block);
      if (this.bytesRead > this.section.length * MOST_READINGS) this.keepWhole();
    }
    return block;
  }

  private keepWhole(): void {
    const { length } = this.section;
    const whole = new KeptBytes([], length);
    for (let at = 0; at < length; at += SEGMENT_BYTES)
      whole.append(this.load(at, Math.min(SEGMENT_BYTES, length - at)));
    this.whole = whole;
    this.blocks.clear();
    openFiles.unregister(this);
    fs.closeSync(this.descriptor);
  }

  private load(start: number, length: number): Uint8Array {
    const { section, descriptor } = this;
    const bytes = new Uint8Array(length);
    this.bytesRead += length;
    return reporting(section, () => {
      checkUnchanged(section, descriptor);
      for (let at = 0; at < length; ) {
        const read = fs.readSync(descriptor, bytes, at, length - at, section.offset + start + at);
        if (read === 0) throw new Error(CHANGED);
        at += read;
      }
      return bytes;
    });
  }
}

function openSection(section: FileSection): number {
  return reporting(section, () => {
    const descriptor = fs.openSync(section.file, 'r');
    try {
      checkUnchanged(section, descriptor);
    } catch (cause) {
      fs.closeSync(descriptor);
      throw cause;
    }
    return descriptor;
  });
}

function checkUnchanged({ size, modified }: FileSection, descriptor: number): void {
  const stat = fs.fstatSync(descriptor);
  if (stat.size !== size || stat.mtimeMs !== modified) throw new Error(CHANGED);
}

function reporting<T>({ file }: FileSection, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    const isGone = (cause as NodeJS.ErrnoException).code === 'ENOENT';
    throw unreadable(file, isGone ? new Error(GONE, { cause }) : cause);
  }
}

const CHANGED = 'it has changed since it was read';
const GONE = 'it was removed while its strings were still needed';
