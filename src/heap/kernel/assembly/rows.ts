// Lists of integers to columns: see scan.ts.
import {
  BATCH_ROWS,
  COLUMN_BYTES,
  closeList,
  fail,
  INPUT,
  MISPLACED_COMMA,
  OUTPUT,
  openList,
  reserve,
  TOO_LARGE,
  TRAILING_COMMA,
  UNEXPECTED_BYTE,
  WIDE,
  WIDE_ENTRIES,
} from './memory';

/** What may come next in a list: its first number or its end; a separator; a number. */
const FIRST: u32 = 0;
const SEPARATOR: u32 = 1;
const NUMBER: u32 = 2;

const MAX_SAFE: u64 = 9007199254740991;

let fieldCount: u32 = 1;
let field: u32 = 0;
let row: u32 = 0;
let expects: u32 = FIRST;
let wides: u32 = 0;

export function rowCount(): u32 {
  return row;
}
export function looseFields(): u32 {
  return field;
}
export function wideCount(): u32 {
  return wides;
}

export function beginRows(fields: u32): void {
  fieldCount = fields;
  field = 0;
  row = 0;
  expects = FIRST;
  openList();
  wides = 0;
  reserve(endOfColumns());
}

export function nextBatch(): void {
  // An incomplete row moves to the front of its columns.
  for (let f: u32 = 0; f < field; f++) {
    const column = OUTPUT + <usize>f * COLUMN_BYTES;
    store<u32>(column, load<u32>(column + (<usize>row << 2)));
  }
  let kept: u32 = 0;
  for (let i: u32 = 0; i < wides; i++) {
    const entry = WIDE + <usize>i * 12;
    if (load<u32>(entry) != row) continue;
    const target = WIDE + <usize>kept * 12;
    store<u32>(target, 0);
    store<u32>(target, load<u32>(entry, 4), 4);
    store<u32>(target, load<u32>(entry, 8), 8);
    kept++;
  }
  wides = kept;
  row = 0;
}

/** The first byte behind the columns, of which there is room for two at least: the host may bring those of labels. */
export function endOfColumns(): usize {
  return OUTPUT + <usize>max<u32>(fieldCount, 2) * COLUMN_BYTES + 64;
}

/** The largest of a field's low parts, of complete rows. */
export function largest(inField: u32): u32 {
  const column = OUTPUT + <usize>inField * COLUMN_BYTES;
  const end = column + (<usize>row << 2);
  let p = column;
  let most = i32x4.splat(0);
  for (; p + 16 <= end; p += 16) most = i32x4.max_u(most, v128.load(p));
  let found: u32 = max(
    max(<u32>i32x4.extract_lane(most, 0), <u32>i32x4.extract_lane(most, 1)),
    max(<u32>i32x4.extract_lane(most, 2), <u32>i32x4.extract_lane(most, 3)),
  );
  for (; p < end; p += 4) found = max(found, load<u32>(p));
  return found;
}

/** Lists a value of 2^32 and more. */
function noteWide(inRow: u32, inField: u32, value: u64): void {
  const entry = WIDE + <usize>wides * 12;
  store<u32>(entry, inRow);
  store<u32>(entry, inField, 4);
  store<u32>(entry, <u32>(value >> 32), 8);
  wides++;
}

/** Eight ASCII digits, the first in the lowest byte and already reduced to 0..9, to a number. */
// @ts-expect-error: decorator
@inline
function eightDigits(digits: u64): u64 {
  let v = (digits * 2561) >> 8;
  v = ((v & 0x00ff00ff00ff00ff) * 6553601) >> 16;
  return ((v & 0x0000ffff0000ffff) * 42949672960001) >> 32;
}

/** Bytes that are looked at together, one bit each; no block holds more numbers than half of its bytes. */
const BLOCK: usize = 64;
const MOST_ROWS_OF_BLOCK: u32 = 33;
const ZEROS: u64 = 0x3030303030303030;
/** Where a block begins is worth no second look before this. */
let careUntil: usize = 0;

// @ts-expect-error: decorator
@inline
function bitsOf(a: v128, b: v128, c: v128, d: v128): u64 {
  const low = <u64>(<u32>i8x16.bitmask(a) | (<u32>i8x16.bitmask(b) << 16));
  return low | (<u64>(<u32>i8x16.bitmask(c) | (<u32>i8x16.bitmask(d) << 16)) << 32);
}

/**
 * Reads numbers block by block as long as they stand as V8 writes them: one comma between two, and at most one space
 * before it. The ends of all numbers of a block are known at once, so no number waits for the one before it. Begins
 * behind a comma. Returns where `scanRows` goes on with care, with `expects` saying what may come there.
 */
function scanBlocks(from: usize, end: usize): usize {
  const lastField = fieldCount - 1;
  let at: u32 = field;
  let rows: u32 = row;
  let column: usize = OUTPUT + <usize>at * COLUMN_BYTES + (<usize>rows << 2);
  let p = from;
  /** First digit of the number that comes next, or that the last block ended in. */
  let start = from;
  // What the byte before the block is: a digit, a comma, a space.
  let digitBefore: u64 = 0;
  let commaBefore: u64 = 1;
  let spaceBefore: u64 = 0;
  expects = NUMBER;

  while (p + BLOCK <= end && rows + MOST_ROWS_OF_BLOCK <= BATCH_ROWS) {
    const a = v128.load(p);
    const b = v128.load(p, 16);
    const c = v128.load(p, 32);
    const d = v128.load(p, 48);
    const zero = i8x16.splat(0x30);
    const nine = i8x16.splat(9);
    const digit = bitsOf(
      i8x16.le_u(i8x16.sub(a, zero), nine),
      i8x16.le_u(i8x16.sub(b, zero), nine),
      i8x16.le_u(i8x16.sub(c, zero), nine),
      i8x16.le_u(i8x16.sub(d, zero), nine),
    );
    const sign = i8x16.splat(0x2c);
    const comma = bitsOf(i8x16.eq(a, sign), i8x16.eq(b, sign), i8x16.eq(c, sign), i8x16.eq(d, sign));
    const blank = i8x16.splat(0x20);
    const space = bitsOf(i8x16.le_u(a, blank), i8x16.le_u(b, blank), i8x16.le_u(c, blank), i8x16.le_u(d, blank));
    const afterDigit = (digit << 1) | digitBefore;
    const afterComma = (comma << 1) | commaBefore;
    const afterSpace = (space << 1) | spaceBefore;
    const usual = (digit & (afterDigit | afterComma)) | (comma & (afterDigit | afterSpace)) | (space & afterDigit);
    if (~usual != 0) {
      careUntil = p + BLOCK;
      break;
    }
    let ends = ~digit & afterDigit;
    while (ends != 0) {
      const bit = ctz(ends);
      ends &= ends - 1;
      const stop = p + <usize>bit;
      const digits = stop - start;
      const last = load<u64>(stop - 8) ^ ZEROS;
      let value: u64;
      if (digits == 1) {
        value = last >> 56;
      } else if (digits <= 8) {
        const unused: u64 = <u64>(8 - digits) << 3;
        value = eightDigits((last >> unused) << unused);
      } else {
        const unused: u64 = <u64>(16 - digits) << 3;
        value = digits > 16 ? u64.MAX_VALUE : eightDigits(((load<u64>(stop - 16) ^ ZEROS) >> unused) << unused) * 100000000 + eightDigits(last);
        if (value > 0xffffffff) {
          if (value > MAX_SAFE || wides == WIDE_ENTRIES) {
            careUntil = stop;
            field = at;
            row = rows;
            return start;
          }
          noteWide(rows, at, value);
        }
      }
      store<u32>(column, <u32>value);
      if (at == lastField) {
        at = 0;
        rows++;
        column = OUTPUT + (<usize>rows << 2);
      } else {
        at++;
        column += COLUMN_BYTES;
      }
      start = stop + 1 + <usize>((space >> bit) & 1);
    }
    digitBefore = digit >> 63;
    commaBefore = comma >> 63;
    spaceBefore = space >> 63;
    p += BLOCK;
  }
  field = at;
  row = rows;
  if (digitBefore != 0) return start;
  if (spaceBefore != 0) expects = SEPARATOR;
  return p;
}

export function scanRows(from: u32, to: u32): u32 {
  let p: usize = INPUT + from;
  const end: usize = INPUT + to;
  careUntil = 0;
  let column: usize = OUTPUT + <usize>field * COLUMN_BYTES + (<usize>row << 2);
  const lastField = fieldCount - 1;

  while (p < end) {
    if (expects == NUMBER && p >= careUntil && p + BLOCK <= end && row + MOST_ROWS_OF_BLOCK <= BATCH_ROWS) {
      p = scanBlocks(p, end);
      column = OUTPUT + <usize>field * COLUMN_BYTES + (<usize>row << 2);
      if (p >= end) break;
    }
    // Which of the next eight bytes are digits: bytes over 9 after the xor set their top bit, the first of them ends it.
    const bytes = load<u64>(p) ^ ZEROS;
    const others = ((bytes + 0x7676767676767676) | bytes) & 0x8080808080808080;
    const digits = <usize>(ctz(others) >> 3); // 8 when all are digits: ctz(0) is 64
    if (digits == 0) {
      const byte = load<u8>(p);
      if (byte == 0x2c) {
        if (expects != SEPARATOR) {
          fail(MISPLACED_COMMA);
          break;
        }
        expects = NUMBER;
      } else if (byte == 0x5d) {
        if (expects == NUMBER) {
          fail(TRAILING_COMMA);
          break;
        }
        closeList();
        p++;
        break;
      } else if (byte > 0x20) {
        fail(UNEXPECTED_BYTE);
        break;
      }
      p++;
      continue;
    }
    if (row == BATCH_ROWS) break;
    let value: u64 = eightDigits(bytes << ((8 - digits) << 3));
    let q = p + digits;
    if (digits == 8) {
      let more: u32 = <u32>load<u8>(q) - 48;
      while (more < 10 && q - p < 17) {
        value = value * 10 + more;
        q++;
        more = <u32>load<u8>(q) - 48;
      }
    }
    if (q >= end) break; // the number may go on in the next block
    if (value > 0xffffffff) {
      if (value > MAX_SAFE) {
        fail(TOO_LARGE);
        break;
      }
      if (wides == WIDE_ENTRIES) break;
      noteWide(row, field, value);
    }
    store<u32>(column, <u32>value);
    if (field == lastField) {
      field = 0;
      row++;
      column = OUTPUT + (<usize>row << 2);
    } else {
      field++;
      column += COLUMN_BYTES;
    }
    p = q;
    // The separator nearly always follows at once.
    if (load<u8>(p) == 0x2c) {
      expects = NUMBER;
      p++;
    } else {
      expects = SEPARATOR;
    }
  }
  return <u32>(p - INPUT);
}
