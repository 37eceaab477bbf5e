// Where everything lies in the kernel's memory, and how a list ended: see scan.ts.

export const INPUT: usize = 1024;
export const INPUT_BYTES: usize = 1 << 20;
export const WIDE: usize = INPUT + INPUT_BYTES + 1024;
export const WIDE_ENTRIES: u32 = 1 << 16;
export const BATCH_ROWS: u32 = 1 << 14;
export const MOST_LABELS: u32 = 1 << 16;
export const LABEL_TYPE: usize = WIDE + <usize>WIDE_ENTRIES * 12;
export const LABEL_NAME: usize = LABEL_TYPE + <usize>MOST_LABELS;
/** Labels by the hash of type and name, u16 each; 0 is free. */
export const SLOTS: usize = LABEL_NAME + <usize>MOST_LABELS * 4;
export const MOST_SLOTS: u32 = MOST_LABELS * 2;
export const LABELS: usize = SLOTS + <usize>MOST_SLOTS * 2;
export const RARE_ROWS: usize = LABELS + <usize>BATCH_ROWS * 2;
export const RARE_NAMES: usize = RARE_ROWS + <usize>BATCH_ROWS * 2;
/** Ordinals of three or four bytes. */
export const TARGETS: usize = RARE_NAMES + <usize>BATCH_ROWS * 4;
/** By type of edges, u8 each: a number names it. */
export const INDEXED: usize = TARGETS + <usize>BATCH_ROWS * 4 + 4;
export const MOST_TYPES: usize = 256;
export const OUTPUT: usize = INDEXED + MOST_TYPES;
export const COLUMN_BYTES: usize = <usize>BATCH_ROWS << 2;

/** Faults, by number; the host has a sentence for each. */
export const UNEXPECTED_BYTE: u32 = 1;
export const MISPLACED_COMMA: u32 = 2;
export const TRAILING_COMMA: u32 = 3;
export const TOO_LARGE: u32 = 4;

let closed: bool = false;
let faultCode: u32 = 0;

/** A list begins. */
export function openList(): void {
  closed = false;
  faultCode = 0;
}

/** Its closing bracket was read. */
export function closeList(): void {
  closed = true;
}

export function fail(code: u32): void {
  faultCode = code;
}

/** Makes room up to an address. */
export function reserve(end: usize): void {
  const pages = <i32>((end + 0xffff) >>> 16);
  if (memory.size() < pages) memory.grow(pages - memory.size());
}

export function isClosed(): bool {
  return closed;
}
export function fault(): u32 {
  return faultCode;
}
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
export function labelsOffset(): usize {
  return LABELS;
}
export function rareRowsOffset(): usize {
  return RARE_ROWS;
}
export function rareNamesOffset(): usize {
  return RARE_NAMES;
}
export function targetsOffset(): usize {
  return TARGETS;
}
export function indexedOffset(): usize {
  return INDEXED;
}
export function labelTypeOffset(): usize {
  return LABEL_TYPE;
}
export function labelNameOffset(): usize {
  return LABEL_NAME;
}
