// What turns columns of a file into a graph: see ../../graph.ts, and ../../loops/plain-loops.ts, which does the same.
import { get, set } from './columns';

const NONE: u32 = 0xffffffff;

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
