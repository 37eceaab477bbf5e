/**
 * The `strings` section as undecoded bytes. A string becomes a JavaScript string when somebody shows it; comparing
 * and searching work on bytes.
 */
import { sharedMemory } from './column-memory';
import { lengthen } from './columns';
import { BACKSLASH } from './scan/ascii';
import {
  FiledBytes,
  type FileSection,
  KeptBytes,
  type PackedBytes,
  type StringBytes,
  unpackBytes,
} from './string-bytes';
import type { StringIndex, UintColumn } from './types';
import { beginsLikeId, mayBeSought, type WELL_KNOWN_BEGINNINGS, WELL_KNOWN_NAMES } from './well-known-names';

type WellKnownName = (typeof WELL_KNOWN_NAMES)[number];
type WellKnownBeginning = (typeof WELL_KNOWN_BEGINNINGS)[number];

/** What is known of each string without its bytes. */
interface StringColumns {
  /** Offset of each string's first byte in the section's bytes. */
  readonly starts: UintColumn;
  /** Bytes of each string, escapes as they stand in the file; {@link LONG} for those in `longLengths`, by index. */
  readonly lengths: Uint16Array;
  readonly longLengths: ReadonlyMap<number, number>;
  /** The first of them; without meaning for an empty string. */
  readonly firstBytes: Uint8Array;
}

/** A string table as data that another thread can take over. */
export interface PackedStrings extends StringColumns {
  readonly bytes: PackedBytes;
  readonly sought: Uint32Array;
  readonly known: ReadonlyMap<string, ReadonlySet<number>>;
}

const LONG = 0xffff;

export class StringTable {
  private readonly knownBeginnings = new Map<string, ReadonlySet<number>>();

  constructor(
    private readonly columns: StringColumns,
    private readonly bytes: StringBytes,
    /** The few strings that may be what is looked for in every heap: see `well-known-names.ts`. */
    readonly sought: Uint32Array,
    /** Indices of the well-known names, once they were asked for. */
    private known: ReadonlyMap<string, ReadonlySet<number>> = new Map(),
  ) {}

  static unpack({ bytes, sought, known, ...columns }: PackedStrings): StringTable {
    return new StringTable(columns, unpackBytes(bytes), sought, known);
  }

  pack(): PackedStrings {
    const { columns, bytes, sought, known } = this;
    return { ...columns, bytes: bytes.pack(), sought, known };
  }

  get count(): number {
    return this.columns.lengths.length;
  }

  /** Decodes one string; one with an escape that JSON does not know is shown as it stands in the file. */
  get(index: StringIndex | number): string {
    const raw = this.raw(index);
    const text = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength).toString('utf8');
    return raw.includes(BACKSLASH) ? unescapeJson(text) : text;
  }

  /** How many bytes there are between the quotes. */
  private lengthOf(index: number): number {
    const length = this.columns.lengths[index]!;
    return length < LONG ? length : this.columns.longLengths.get(index)!;
  }

  /** The bytes between the quotes, JSON escapes as they stand in the file. */
  raw(index: StringIndex | number): Uint8Array {
    const start = this.columns.starts[index]!;
    const length = this.lengthOf(index);
    return length === 0 ? new Uint8Array(0) : this.bytes.read(start, start + length);
  }

  /** First byte of a string, -1 when it is empty: lets callers skip most strings without reading them. */
  firstByte(index: StringIndex | number): number {
    return this.columns.lengths[index] === 0 ? -1 : this.columns.firstBytes[index]!;
  }

  /** Whether the bytes of a string are those of one of another table. Two writers may escape one text in two ways. */
  isSame(index: number, other: StringTable, otherIndex: number): boolean {
    if (this.lengthOf(index) !== other.lengthOf(otherIndex)) return false;
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
    for (const index of this.sought) if (this.lengthOf(index) <= longest) found.get(this.get(index))?.add(index);
    this.known = found;
  }

  /** Indices of every string that begins with `prefix`. */
  indicesStartingWith(prefix: WellKnownBeginning): ReadonlySet<number> {
    const known = this.knownBeginnings.get(prefix);
    if (known) return known;
    const bytes = Buffer.from(prefix);
    const begins = (index: number) =>
      this.firstByte(index) === bytes[0] && bytes.equals(this.raw(index).subarray(0, bytes.length));
    const found = new Set(this.sought.filter(begins));
    this.knownBeginnings.set(prefix, found);
    return found;
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

export class StringTableBuilder {
  private starts: UintColumn;
  private lengths: Uint16Array;
  private readonly longLengths = new Map<number, number>();
  private firstBytes: Uint8Array;
  private count = 0;
  /** The last string has begun and not ended. */
  private isOpen = false;
  /** Bytes of the section so far. */
  private total = 0;
  private readonly kept: KeptBytes | null;
  private readonly sought: number[] = [];

  /** Both guesses may be wrong; good ones save copies. Bytes that `section` has are not kept. */
  constructor(
    countGuess = 0,
    bytesGuess = 0,
    private readonly section: Omit<FileSection, 'length'> | null = null,
  ) {
    const capacity = Math.max(FEWEST_STRINGS, Math.ceil(countGuess * 1.25)); // what is not filled costs nothing
    this.starts = sharedMemory.u32(capacity);
    this.lengths = sharedMemory.u16(capacity);
    this.firstBytes = sharedMemory.u8(capacity);
    this.kept = section ? null : new KeptBytes([], bytesGuess);
  }

  /**
   * Appends the next bytes of the section. `events` are offsets in turn of a string's first byte and of its closing
   * quote, counted from `base` before `bytes`.
   */
  append(bytes: Uint8Array, events: Uint32Array, base: number): void {
    const shift = this.total - base;
    this.reserve(this.count + (events.length >>> 1) + 1, this.total + bytes.length);
    const { starts, lengths, firstBytes } = this;
    let { count, isOpen } = this;
    // A string that began with the last byte of the block before has its first byte here.
    if (isOpen && starts[count] === this.total) firstBytes[count] = bytes[0]!;
    for (let i = 0; i < events.length; i++) {
      const offset = events[i]! + shift;
      if (isOpen) {
        const start = starts[count]!;
        const length = offset - start;
        lengths[count] = Math.min(length, LONG);
        if (length >= LONG) this.longLengths.set(count, length);
        // The last byte of a string may be in an earlier block: it is looked at later, like a string that is sought.
        const last = offset - 1 - this.total;
        const isLikely = last < 0 || mayBeSought(length, firstBytes[count]!, bytes[last]!);
        const isId = start >= this.total && beginsLikeId(bytes, start - this.total);
        if (isLikely && !isId) this.sought.push(count);
        count++;
      } else {
        starts[count] = offset;
        firstBytes[count] = bytes[offset - this.total]!;
      }
      isOpen = !isOpen;
    }
    this.count = count;
    this.isOpen = isOpen;
    this.total += bytes.length;
    this.kept?.append(bytes);
  }

  finish(): StringTable {
    const { count, section } = this;
    const columns = {
      starts: this.starts.subarray(0, count),
      lengths: this.lengths.subarray(0, count),
      longLengths: this.longLengths,
      firstBytes: this.firstBytes.subarray(0, count),
    };
    const bytes = this.kept ?? new FiledBytes({ ...section!, length: this.total });
    return new StringTable(columns, bytes, Uint32Array.from(this.sought));
  }

  /** Makes room for `count` strings that begin before `end`. */
  private reserve(count: number, end: number): void {
    const isShort = count > this.starts.length;
    const capacity = isShort ? Math.max(count, this.starts.length * 2) : this.starts.length;
    const isWide = this.starts instanceof Float64Array || end > LARGEST_U32;
    if (isShort || isWide !== this.starts instanceof Float64Array) {
      this.starts = lengthen<UintColumn>(this.starts, capacity, isWide ? sharedMemory.f64 : sharedMemory.u32);
    }
    if (isShort) {
      this.lengths = lengthen(this.lengths, capacity, sharedMemory.u16);
      this.firstBytes = lengthen(this.firstBytes, capacity, sharedMemory.u8);
    }
  }
}
