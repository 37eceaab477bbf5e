/**
 * The `strings` section as undecoded bytes. A string becomes a JavaScript string when somebody shows it; comparing
 * and searching work on bytes.
 */
import { sharedMemory } from './column-memory';
import type { StringIndex, UintColumn } from './types';
import { mayBeSought, type WELL_KNOWN_BEGINNINGS, WELL_KNOWN_NAMES } from './well-known-names';

/** Bytes per segment; a power of two, and far below every runtime's limit for one buffer. */
const SEGMENT_BYTES = 1 << 26;
const BACKSLASH = 0x5c;

type WellKnownName = (typeof WELL_KNOWN_NAMES)[number];
type WellKnownBeginning = (typeof WELL_KNOWN_BEGINNINGS)[number];

/** A string table as data that another thread can take over. */
export interface PackedStrings {
  readonly starts: UintColumn;
  readonly lengths: Uint32Array;
  readonly segments: readonly Uint8Array[];
  readonly sought: Uint32Array;
  readonly known: ReadonlyMap<string, ReadonlySet<number>>;
}

export class StringTable {
  private readonly knownBeginnings = new Map<string, ReadonlySet<number>>();

  constructor(
    readonly count: number,
    /** Offset of each string's first byte in the section's bytes. */
    private readonly starts: UintColumn,
    /** Bytes of each string, escapes as they stand in the file. */
    private readonly lengths: Uint32Array,
    private readonly segments: readonly Uint8Array[],
    /** The few strings that may be what is looked for in every heap: see `well-known-names.ts`. */
    readonly sought: Uint32Array,
    /** Indices of the well-known names, once they were asked for. */
    private known: ReadonlyMap<string, ReadonlySet<number>> = new Map(),
  ) {}

  static unpack({ starts, lengths, segments, sought, known }: PackedStrings): StringTable {
    return new StringTable(lengths.length, starts, lengths, segments, sought, known);
  }

  pack(): PackedStrings {
    const { starts, lengths, segments, sought, known } = this;
    return { starts, lengths, segments, sought, known };
  }

  /** Decodes one string; one with an escape that JSON does not know is shown as it stands in the file. */
  get(index: StringIndex | number): string {
    const raw = this.raw(index);
    const text = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength).toString('utf8');
    return raw.includes(BACKSLASH) ? unescapeJson(text) : text;
  }

  /** The bytes between the quotes, JSON escapes as they stand in the file. */
  raw(index: StringIndex | number): Uint8Array {
    const start = this.starts[index]!;
    const length = this.lengths[index]!;
    if (length === 0) return new Uint8Array(0);
    const segment = Math.floor(start / SEGMENT_BYTES);
    const from = start - segment * SEGMENT_BYTES;
    if (from + length <= SEGMENT_BYTES) return this.segments[segment]!.subarray(from, from + length);
    return this.gather(start, start + length);
  }

  /** First byte of a string, -1 when it is empty: lets callers skip most strings without decoding them. */
  firstByte(index: StringIndex | number): number {
    if (this.lengths[index] === 0) return -1;
    const start = this.starts[index]!;
    const segment = Math.floor(start / SEGMENT_BYTES);
    return this.segments[segment]![start - segment * SEGMENT_BYTES]!;
  }

  /** Whether the bytes of a string are those of one of another table. Two writers may escape one text in two ways. */
  isSame(index: number, other: StringTable, otherIndex: number): boolean {
    if (this.lengths[index] !== other.lengths[otherIndex]) return false;
    if (this.firstByte(index) !== other.firstByte(otherIndex)) return false;
    return Buffer.compare(this.raw(index), other.raw(otherIndex)) === 0;
  }

  /** Indices of every string that equals one of `texts`: well-known names. Usually one each. */
  indicesOf<T extends WellKnownName>(texts: readonly T[]): Record<T, ReadonlySet<number>> {
    if (this.known.size === 0) this.findKnown();
    return Object.fromEntries(texts.map((text) => [text, this.known.get(text)!])) as Record<T, ReadonlySet<number>>;
  }

  private findKnown(): void {
    const found = new Map<string, Set<number>>(WELL_KNOWN_NAMES.map((name) => [name, new Set()]));
    const longest = Math.max(...WELL_KNOWN_NAMES.map((name) => name.length));
    for (const index of this.sought) if (this.lengths[index]! <= longest) found.get(this.get(index))?.add(index);
    this.known = found;
  }

  /** Indices of every string that begins with `prefix`. */
  indicesStartingWith(prefix: WellKnownBeginning): ReadonlySet<number> {
    const known = this.knownBeginnings.get(prefix);
    if (known) return known;
    const bytes = Buffer.from(prefix);
    const begins = (index: number) => bytes.equals(this.raw(index).subarray(0, bytes.length));
    const found = new Set(this.sought.filter(begins));
    this.knownBeginnings.set(prefix, found);
    return found;
  }

  private gather(start: number, end: number): Uint8Array {
    const bytes = new Uint8Array(end - start);
    for (let at = start; at < end; ) {
      const segment = Math.floor(at / SEGMENT_BYTES);
      const from = at - segment * SEGMENT_BYTES;
      const part = this.segments[segment]!.subarray(from, Math.min(SEGMENT_BYTES, from + end - at));
      bytes.set(part, at - start);
      at += part.length;
    }
    return bytes;
  }
}

/** Whether an index is one of `indices`: for loops over all nodes or edges. There is nearly always just one. */
export function membershipOf(indices: ReadonlySet<number>): (index: number) => boolean {
  if (indices.size !== 1) return (index) => indices.has(index);
  const [only] = indices;
  return (index) => index === only;
}

function unescapeJson(text: string): string {
  try {
    return JSON.parse(`"${text}"`);
  } catch {
    return text;
  }
}

const LARGEST_U32 = 0xffffffff;
const FEWEST_STRINGS = 1024;
const SMALLEST_SEGMENT = 1 << 16;

export class StringTableBuilder {
  private starts: UintColumn;
  private lengths: Uint32Array;
  private count = 0;
  /** The last string has begun and not ended. */
  private isOpen = false;
  /** Bytes of the section so far. */
  private total = 0;
  private readonly segments: Uint8Array[] = [];
  private readonly sought: number[] = [];

  /** Both guesses may be wrong; good ones save copies. `bytesGuess`: of the whole section. */
  constructor(
    countGuess = 0,
    private readonly bytesGuess = 0,
  ) {
    const capacity = Math.max(FEWEST_STRINGS, Math.ceil(countGuess * 1.25)); // what is not filled costs nothing
    this.starts = sharedMemory.u32(capacity);
    this.lengths = sharedMemory.u32(capacity);
  }

  /**
   * Appends the next bytes of the section. `events` are offsets in turn of a string's first byte and of its closing
   * quote, counted from `base` before `bytes`.
   */
  append(bytes: Uint8Array, events: Uint32Array, base: number): void {
    const shift = this.total - base;
    this.reserve(this.count + (events.length >>> 1) + 1, this.total + bytes.length);
    const { starts, lengths } = this;
    let { count, isOpen } = this;
    for (let i = 0; i < events.length; i++) {
      const offset = events[i]! + shift;
      if (isOpen) {
        const start = starts[count]!;
        const length = offset - start;
        lengths[count] = length;
        // Of a string that began in an earlier block the first byte is not at hand.
        const at = start - this.total;
        if (at < 0 || mayBeSought(length, bytes[at]!, bytes[at + length - 1]!)) this.sought.push(count);
        count++;
      } else starts[count] = offset;
      isOpen = !isOpen;
    }
    this.count = count;
    this.isOpen = isOpen;
    this.store(bytes);
  }

  finish(): StringTable {
    const { count } = this;
    const [starts, lengths] = [this.starts.subarray(0, count), this.lengths.subarray(0, count)];
    return new StringTable(count, starts, lengths, this.segments, Uint32Array.from(this.sought));
  }

  /** Makes room for `count` strings that begin before `end`. */
  private reserve(count: number, end: number): void {
    const isShort = count > this.starts.length;
    const capacity = isShort ? Math.max(count, this.starts.length * 2) : this.starts.length;
    const isWide = this.starts instanceof Float64Array || end > LARGEST_U32;
    if (isShort || isWide !== this.starts instanceof Float64Array) {
      const starts = isWide ? sharedMemory.f64(capacity) : sharedMemory.u32(capacity);
      starts.set(this.starts);
      this.starts = starts;
    }
    if (isShort) {
      const lengths = sharedMemory.u32(capacity);
      lengths.set(this.lengths);
      this.lengths = lengths;
    }
  }

  private store(bytes: Uint8Array): void {
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
    const guess = current ? current.length * 2 : Math.max(this.bytesGuess - segment * SEGMENT_BYTES, SMALLEST_SEGMENT);
    const larger = sharedMemory.u8(Math.min(SEGMENT_BYTES, Math.max(bytes, guess)));
    if (current) larger.set(current);
    this.segments[segment] = larger;
    return larger;
  }
}
