// What turns columns of a file into a graph: see ../../graph.ts, and ../../loops/plain-loops.ts, which does the same.
import { get, set } from './columns';

const NONE: u32 = 0xffffffff;
const LARGEST: u64 = 0xffffffff;

/** Counts become offsets; `total` goes on with the sum, up to 2^32 - 1. */
export function sumCounts(counts: usize, total: usize, from: u32, end: u32): void {
  let sum: u64 = get(total, 0);
  for (let i = from; i < end; i++) {
    const count: u64 = get(counts, i);
    set(counts, i, <u32>sum);
    sum = min(sum + count, LARGEST);
  }
  set(total, 0, <u32>sum);
}

/** Divides in place; `wrong` gets the first index whose value is no multiple below the limit. */
export function divideExactly(
  values: usize, shift: u32, odd: u32, inverse: u32, limit: u32, wrong: usize, from: u32, end: u32,
): void {
  if (get(wrong, 0) != NONE) return;
  const low: u32 = (1 << shift) - 1;
  for (let i = from; i < end; i++) {
    const value = get(values, i);
    const quotient = (value >>> shift) * inverse;
    if (quotient >= limit || quotient * odd != value >>> shift || (value & low) != 0) {
      set(wrong, 0, i);
      return;
    }
    set(values, i, quotient);
  }
}
