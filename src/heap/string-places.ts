/**
 * Where strings stand among the bytes of their section. There may be millions of them, a few bytes long each, so the start
 * of one in sixteen is known, and of the others how long the strings before them are, and the commas and spaces between.
 */
import { sharedMemory } from './column-memory';
import { lengthen } from './columns';
import type { UintColumn } from './types';

export interface StringPlaces {
  /** Offset of the first byte of each block's first string. */
  readonly starts: UintColumn;
  /** Bytes of each string, escapes as they stand in the file; {@link LONG} for those in `longLengths`, by index. */
  readonly lengths: Uint16Array;
  readonly longLengths: ReadonlyMap<number, number>;
  /** Bytes between a string and the next one; {@link WIDE} for those in `wideGaps`, by index. */
  readonly gaps: Uint8Array;
  readonly wideGaps: ReadonlyMap<number, number>;
}

const BLOCK_BITS = 4;
const BLOCK = 1 << BLOCK_BITS;
const LONG = 0xffff;
const WIDE = 0xff;
const LARGEST_U32 = 0xffffffff;
const FEWEST_STRINGS = 1024;

/** How many bytes there are between the quotes. */
export function stringLength({ lengths, longLengths }: Pick<StringPlaces, 'lengths' | 'longLengths'>, index: number) {
  const length = lengths[index]!;
  return length < LONG ? length : longLengths.get(index)!;
}

/** Offset of a string's first byte. */
export function stringStart(places: StringPlaces, index: number): number {
  const { starts, gaps, wideGaps } = places;
  let start = starts[index >>> BLOCK_BITS]!;
  for (let at = index - (index % BLOCK); at < index; at++) {
    const gap = gaps[at]!;
    start += stringLength(places, at) + (gap < WIDE ? gap : wideGaps.get(at)!);
  }
  return start;
}

/** Takes strings' places in the order of the file. */
export class StringPlacesBuilder {
  /** Strings that ended. */
  count = 0;
  /** Of the string that began last, and where the one before it ended. */
  start = 0;
  private end = 0;
  private starts: UintColumn;
  private lengths: Uint16Array;
  private gaps: Uint8Array;
  private readonly longLengths = new Map<number, number>();
  private readonly wideGaps = new Map<number, number>();

  /** The guess may be wrong; a good one saves copies. */
  constructor(countGuess: number) {
    const capacity = Math.max(FEWEST_STRINGS, Math.ceil(countGuess * 1.25)); // what is not filled costs nothing
    this.starts = sharedMemory.u32((capacity >>> BLOCK_BITS) + 1);
    this.lengths = sharedMemory.u16(capacity);
    this.gaps = sharedMemory.u8(capacity);
  }

  /** How many strings there is room for. */
  get capacity(): number {
    return this.lengths.length;
  }

  /** Makes room for `count` strings that begin before `end`. */
  reserve(count: number, end: number): void {
    const length = this.capacity;
    const capacity = count > length ? Math.max(count, length * 2) : length;
    const isWide = this.starts instanceof Float64Array || end > LARGEST_U32;
    if (capacity > length || isWide !== this.starts instanceof Float64Array) {
      const allocate = isWide ? sharedMemory.f64 : sharedMemory.u32;
      this.starts = lengthen<UintColumn>(this.starts, (capacity >>> BLOCK_BITS) + 1, allocate);
    }
    if (capacity === length) return;
    this.lengths = lengthen(this.lengths, capacity, sharedMemory.u16);
    this.gaps = lengthen(this.gaps, capacity, sharedMemory.u8);
  }

  /** A string begins. There must be room for it. */
  beginAt(start: number): void {
    const { count } = this;
    this.start = start;
    if (count % BLOCK === 0) {
      this.starts[count >>> BLOCK_BITS] = start;
      return;
    }
    const gap = start - this.end;
    this.gaps[count - 1] = Math.min(gap, WIDE);
    if (gap >= WIDE) this.wideGaps.set(count - 1, gap);
  }

  /** Tells the length of the string that began last. */
  endAt(end: number): number {
    const { count } = this;
    const length = end - this.start;
    this.lengths[count] = Math.min(length, LONG);
    if (length >= LONG) this.longLengths.set(count, length);
    this.end = end;
    this.count = count + 1;
    return length;
  }

  finish(): StringPlaces {
    const { count, longLengths, wideGaps } = this;
    return {
      starts: this.starts.subarray(0, Math.ceil(count / BLOCK)),
      lengths: this.lengths.subarray(0, count),
      longLengths,
      gaps: this.gaps.subarray(0, count),
      wideGaps,
    };
  }
}
