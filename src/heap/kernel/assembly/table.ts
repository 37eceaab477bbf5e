// A table of pairs: see ../../interner.ts, which does the same.
import { get, set } from './columns';

// The table that a loop works on. A loop has one, and is done with it when it returns.
let slots: usize = 0;
let mask: u32 = 0;
let first: usize = 0;
let second: usize = 0;
let row: usize = 0;
let count: usize = 0;

export function useTable(
  slotsAt: usize, slotMask: u32, firstAt: usize, secondAt: usize, rowAt: usize, countAt: usize,
): void {
  slots = slotsAt;
  mask = slotMask;
  first = firstAt;
  second = secondAt;
  row = rowAt;
  count = countAt;
}

/** As hashPair of the host. */
// @ts-expect-error: decorator
@inline
function hashPair(a: u32, b: u32): u32 {
  let h = ((a ^ (a >>> 16)) * 0x85ebca6b) ^ b;
  h = (h ^ (h >>> 13)) * 0xc2b2ae35;
  return h ^ (h >>> 16);
}

/** The number of a pair; the table has room for it. */
// @ts-expect-error: decorator
@inline
export function internPair(a: u32, b: u32, at: u32): u32 {
  let slot = hashPair(a, b) & mask;
  let entry = get(slots, slot);
  while (entry != 0 && (get(first, entry - 1) != a || get(second, entry - 1) != b)) {
    slot = (slot + 1) & mask;
    entry = get(slots, slot);
  }
  if (entry != 0) return entry - 1;
  const number = get(count, 0);
  set(count, 0, number + 1);
  set(first, number, a);
  set(second, number, b);
  set(row, number, at);
  set(slots, slot, number + 1);
  return number;
}
