/**
 * The `strings` section as undecoded bytes. A string becomes a JavaScript string when somebody shows it; comparing
 * and searching work on bytes.
 */
import { type ColumnMemory, sharedMemory } from './column-memory';
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
import { type StringPlaces, StringPlacesBuilder, stringLength, stringStart } from './string-places';
import type { StringIndex } from './types';
import { beginsLikeId, mayBeSought, type WELL_KNOWN_BEGINNINGS, WELL_KNOWN_NAMES } from './well-known-names';

type WellKnownName = (typeof WELL_KNOWN_NAMES)[number];
type WellKnownBeginning = (typeof WELL_KNOWN_BEGINNINGS)[number];

/** What is known of each string without its bytes. */
interface StringColumns {
  readonly places: StringPlaces;
  /** The first byte of each; without meaning for an empty string. */
  readonly firstBytes: Uint8Array;
}

/** A string table as data that another thread can take over. */
export interface PackedStrings extends StringColumns {
  readonly bytes: PackedBytes;
  readonly sought: Uint32Array;
  readonly known: ReadonlyMap<string, ReadonlySet<number>>;
}

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
    return this.columns.firstBytes.length;
  }

  /** Decodes one string; one with an escape that JSON does not know is shown as it stands in the file. */
  get(index: StringIndex | number): string {
    const raw = this.raw(index);
    const text = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength).toString('utf8');
    return raw.includes(BACKSLASH) ? unescapeJson(text) : text;
  }

  /** The bytes between the quotes, JSON escapes as they stand in the file. */
  raw(index: StringIndex | number): Uint8Array {
    const length = this.lengthOf(index);
    if (length === 0) return new Uint8Array(0);
    const start = stringStart(this.columns.places, index);
    return this.bytes.read(start, start + length);
  }

  /** By index; without meaning, but no digit, for an empty string. */
  get firstBytes(): Uint8Array {
    return this.columns.firstBytes;
  }

  /** First byte of a string, -1 when it is empty: lets callers skip most strings without reading them. */
  firstByte(index: StringIndex | number): number {
    return this.columns.places.lengths[index] === 0 ? -1 : this.columns.firstBytes[index]!;
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

  private lengthOf(index: number): number {
    return stringLength(this.columns.places, index);
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

export class StringTableBuilder {
  private readonly places: StringPlacesBuilder;
  private firstBytes: Uint8Array;
  /** The last string has begun and not ended. */
  private isOpen = false;
  /** Bytes of the section so far. */
  private total = 0;
  private readonly kept: KeptBytes | null;
  private readonly sought: number[] = [];

  /**
   * Both guesses may be wrong; good ones save copies. Bytes that `section` has are not kept. `memory` is for the column that
   * loops ask.
   */
  constructor(
    countGuess = 0,
    bytesGuess = 0,
    private readonly section: Omit<FileSection, 'length'> | null = null,
    private readonly memory: ColumnMemory = sharedMemory,
  ) {
    this.places = new StringPlacesBuilder(countGuess);
    this.firstBytes = memory.u8(this.places.capacity);
    this.kept = section ? null : new KeptBytes([], bytesGuess);
  }

  /**
   * Appends the next bytes of the section. `events` are offsets in turn of a string's first byte and of its closing
   * quote, counted from `base` before `bytes`.
   */
  append(bytes: Uint8Array, events: Uint32Array, base: number): void {
    const { places, total } = this;
    const shift = total - base;
    this.reserve(places.count + (events.length >>> 1) + 1, total + bytes.length);
    const { firstBytes } = this;
    let { isOpen } = this;
    // A string that began with the last byte of the block before has its first byte here.
    if (isOpen && places.start === total) firstBytes[places.count] = bytes[0]!;
    for (let i = 0; i < events.length; i++) {
      const offset = events[i]! + shift;
      if (isOpen) {
        const { start, count } = places;
        const length = places.endAt(offset);
        // The last byte of a string may be in an earlier block: it is looked at later, like a string that is sought.
        const last = offset - 1 - total;
        const isLikely = last < 0 || mayBeSought(length, firstBytes[count]!, bytes[last]!);
        const isId = start >= total && beginsLikeId(bytes, start - total);
        if (isLikely && !isId) this.sought.push(count);
      } else {
        places.beginAt(offset);
        firstBytes[places.count] = bytes[offset - total]!;
      }
      isOpen = !isOpen;
    }
    this.isOpen = isOpen;
    this.total = total + bytes.length;
    this.kept?.append(bytes);
  }

  finish(): StringTable {
    const { places, section } = this;
    const firstBytes = this.firstBytes.subarray(0, places.count);
    const bytes = this.kept ?? new FiledBytes({ ...section!, length: this.total });
    return new StringTable({ places: places.finish(), firstBytes }, bytes, Uint32Array.from(this.sought));
  }

  /** Makes room for `count` strings that begin before `end`. */
  private reserve(count: number, end: number): void {
    this.places.reserve(count, end);
    const { capacity } = this.places;
    if (capacity > this.firstBytes.length) this.firstBytes = lengthen(this.firstBytes, capacity, this.memory.u8);
  }
}
