/**
 * The scanning kernel, AssemblyScript (TypeScript syntax, WebAssembly types). `npm run build:kernel` compiles it.
 *
 * ABI. The host copies a block of the file to INPUT (at most INPUT_BYTES, 16 bytes of slack follow), calls a scan
 * function with offsets into it, and reads results from OUTPUT:
 *
 *   beginRows(fieldCount)      a list of integers begins; the host has consumed its `[`
 *   scanRows(from, to): pos    fills columns; stops at `to`, at a full batch, at the list's `]`, at a fault, and before
 *                              a number that touches `to` (the host gives those bytes again, with what follows);
 *                              a batch is full at BATCH_ROWS rows or WIDE_ENTRIES wide values
 *   nextBatch()                forgets complete rows, keeps an incomplete one
 *   rowCount(), looseFields(), isClosed(), fault(), wideCount()
 *   scanStrings(from, to): pos writes pairs of offsets (first byte, closing quote) of the strings that end or begin
 *   beginStrings(), eventCount()
 *   beginLabels(first)         numbers of labels begin at `first`, over 0
 *   lookUpLabels(types, names, rows): count   numbers of the labels whose types and names stand in two columns: to LABELS
 *                              as u16, 0 for those without; their rows to UNKNOWN as u16
 *   findLabel(type, name), addLabel(type, name), labelCount()
 *
 * Column f of a batch is at OUTPUT + f * BATCH_ROWS * 4, low 32 bits of each value; values of 2^32 and more are listed
 * at WIDE as (row, field, high) triples of u32. Types of labels are at LABEL_TYPE (u8), names at LABEL_NAME (u32).
 */

const INPUT: usize = 1024;
const INPUT_BYTES: usize = 1 << 20;
const WIDE: usize = INPUT + INPUT_BYTES + 1024;
const WIDE_ENTRIES: u32 = 1 << 16;
const BATCH_ROWS: u32 = 1 << 14;
const MOST_LABELS: u32 = 1 << 16;
const LABEL_TYPE: usize = WIDE + <usize>WIDE_ENTRIES * 12;
const LABEL_NAME: usize = LABEL_TYPE + <usize>MOST_LABELS;
/** Labels by the hash of type and name, u16 each; 0 is free. */
const SLOTS: usize = LABEL_NAME + <usize>MOST_LABELS * 4;
const MOST_SLOTS: u32 = MOST_LABELS * 2;
const LABELS: usize = SLOTS + <usize>MOST_SLOTS * 2;
const UNKNOWN: usize = LABELS + <usize>BATCH_ROWS * 2;
const OUTPUT: usize = UNKNOWN + <usize>BATCH_ROWS * 2;
const COLUMN_BYTES: usize = <usize>BATCH_ROWS << 2;

/** What may come next in a list: its first number or its end; a separator; a number. */
const FIRST: u32 = 0;
const SEPARATOR: u32 = 1;
const NUMBER: u32 = 2;

/** Faults, by number; the host has a sentence for each. */
const UNEXPECTED_BYTE: u32 = 1;
const MISPLACED_COMMA: u32 = 2;
const TRAILING_COMMA: u32 = 3;
const TOO_LARGE: u32 = 4;

const MAX_SAFE: u64 = 9007199254740991;

let fieldCount: u32 = 1;
let field: u32 = 0;
let row: u32 = 0;
let expects: u32 = FIRST;
let closed: bool = false;
let faultCode: u32 = 0;
let wides: u32 = 0;

export function inputOffset(): usize {
  return INPUT;
}
export function inputBytes(): usize {
  return INPUT_BYTES;
}
export function outputOffset(): usize {
  return OUTPUT;
}
export function wideOffset(): usize {
  return WIDE;
}
export function rowCount(): u32 {
  return row;
}
export function looseFields(): u32 {
  return field;
}
export function isClosed(): bool {
  return closed;
}
export function fault(): u32 {
  return faultCode;
}
export function wideCount(): u32 {
  return wides;
}

export function beginRows(fields: u32): void {
  fieldCount = fields;
  field = 0;
  row = 0;
  expects = FIRST;
  closed = false;
  faultCode = 0;
  wides = 0;
  const needed = OUTPUT + <usize>fields * COLUMN_BYTES + 64;
  const pages = <i32>((needed + 0xffff) >>> 16);
  if (memory.size() < pages) memory.grow(pages - memory.size());
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
      if (digits <= 8) {
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
          const entry = WIDE + <usize>wides * 12;
          store<u32>(entry, rows);
          store<u32>(entry, at, 4);
          store<u32>(entry, <u32>(value >> 32), 8);
          wides++;
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
  const fields = fieldCount;

  while (p < end) {
    if (expects == NUMBER && p >= careUntil && p + BLOCK <= end && row + MOST_ROWS_OF_BLOCK <= BATCH_ROWS) {
      p = scanBlocks(p, end);
      column = OUTPUT + <usize>field * COLUMN_BYTES + (<usize>row << 2);
      if (p >= end) break;
    }
    // Which of the next eight bytes are digits: bytes over 9 after the xor set their top bit, the first of them ends it.
    const bytes = load<u64>(p) ^ 0x3030303030303030;
    const others = ((bytes + 0x7676767676767676) | bytes) & 0x8080808080808080;
    const digits = <usize>(ctz(others) >> 3); // 8 when all are digits: ctz(0) is 64
    if (digits == 0) {
      const byte = load<u8>(p);
      if (byte == 0x2c) {
        if (expects != SEPARATOR) {
          faultCode = MISPLACED_COMMA;
          break;
        }
        expects = NUMBER;
      } else if (byte == 0x5d) {
        if (expects == NUMBER) {
          faultCode = TRAILING_COMMA;
          break;
        }
        closed = true;
        p++;
        break;
      } else if (byte > 0x20) {
        faultCode = UNEXPECTED_BYTE;
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
        faultCode = TOO_LARGE;
        break;
      }
      if (wides == WIDE_ENTRIES) break;
      const entry = WIDE + <usize>wides * 12;
      store<u32>(entry, row);
      store<u32>(entry, field, 4);
      store<u32>(entry, <u32>(value >> 32), 8);
      wides++;
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

let inString: bool = false;
let escaped: bool = false;
let mayOpen: bool = true;
let mayClose: bool = true;
let events: u32 = 0;

export function eventCount(): u32 {
  return events;
}

export function beginStrings(): void {
  inString = false;
  escaped = false;
  mayOpen = true;
  mayClose = true;
  closed = false;
  faultCode = 0;
  // Two offsets per string, at least three bytes per string.
  const needed = OUTPUT + INPUT_BYTES * 3 + 64;
  const pages = <i32>((needed + 0xffff) >>> 16);
  if (memory.size() < pages) memory.grow(pages - memory.size());
}

export function scanStrings(from: u32, to: u32): u32 {
  let p: usize = INPUT + from;
  const end: usize = INPUT + to;
  let out: usize = OUTPUT;
  while (p < end) {
    if (inString) {
      if (escaped) {
        escaped = false;
        p++;
        continue;
      }
      // Sixteen bytes at a time to the next quote or backslash.
      while (p + 16 <= end) {
        const chunk = v128.load(p);
        const found = v128.or(i8x16.eq(chunk, i8x16.splat(0x22)), i8x16.eq(chunk, i8x16.splat(0x5c)));
        const mask = i8x16.bitmask(found);
        if (mask != 0) {
          p += <usize>ctz(mask);
          break;
        }
        p += 16;
      }
      if (p >= end) break;
      const byte = load<u8>(p);
      if (byte == 0x22) {
        store<u32>(out, <u32>(p - INPUT));
        out += 4;
        inString = false;
        mayOpen = false;
        mayClose = true;
      } else if (byte == 0x5c) {
        escaped = true;
      }
      p++;
      continue;
    }
    const byte = load<u8>(p);
    if (byte == 0x22 && mayOpen) {
      inString = true;
      store<u32>(out, <u32>(p + 1 - INPUT));
      out += 4;
    } else if (byte == 0x2c && !mayOpen) {
      mayOpen = true;
      mayClose = false;
    } else if (byte == 0x5d && mayClose) {
      closed = true;
      p++;
      break;
    } else if (byte > 0x20) {
      faultCode = UNEXPECTED_BYTE;
      break;
    }
    p++;
  }
  events = <u32>((out - OUTPUT) >> 2);
  return <u32>(p - INPUT);
}

let labels: u32 = 1;

export function labelCount(): u32 {
  return labels;
}
export function labelsOffset(): usize {
  return LABELS;
}
export function unknownOffset(): usize {
  return UNKNOWN;
}
export function labelTypeOffset(): usize {
  return LABEL_TYPE;
}
export function labelNameOffset(): usize {
  return LABEL_NAME;
}

export function beginLabels(first: u32): void {
  labels = first;
  memory.fill(SLOTS, 0, <usize>MOST_SLOTS * 2);
}

/** Where a label stands, or would. The multiplier is 2^32 over the golden ratio (Knuth, TAOCP volume 3, section 6.4). */
// @ts-expect-error: decorator
@inline
function slotOf(type: u32, name: u32): usize {
  let slot = <usize>(((name ^ (type << 28)) * 0x9e3779b1) >>> 15);
  let found = <usize>load<u16>(SLOTS + (slot << 1));
  while (found != 0) {
    if (load<u32>(LABEL_NAME + (found << 2)) == name && <u32>load<u8>(LABEL_TYPE + found) == type) break;
    slot = (slot + 1) & (MOST_SLOTS - 1);
    found = <usize>load<u16>(SLOTS + (slot << 1));
  }
  return SLOTS + (slot << 1);
}

export function lookUpLabels(types: usize, names: usize, rows: u32): u32 {
  let unknown: u32 = 0;
  for (let r: usize = 0; r < <usize>rows; r++) {
    const label = load<u16>(slotOf(load<u32>(types + (r << 2)), load<u32>(names + (r << 2))));
    store<u16>(LABELS + (r << 1), label);
    store<u16>(UNKNOWN + (<usize>unknown << 1), <u16>r);
    unknown += <u32>(label == 0);
  }
  return unknown;
}

export function findLabel(type: u32, name: u32): u32 {
  return load<u16>(slotOf(type, name));
}

/** Of a label that there is not yet, while there are fewer than MOST_LABELS. */
export function addLabel(type: u32, name: u32): u32 {
  const label = labels++;
  store<u8>(LABEL_TYPE + <usize>label, <u8>type);
  store<u32>(LABEL_NAME + (<usize>label << 2), name);
  store<u16>(slotOf(type, name), <u16>label);
  return label;
}
