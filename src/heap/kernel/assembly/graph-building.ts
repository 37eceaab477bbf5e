// What turns columns of a file into a graph: see ../../graph.ts, and ../../loops/plain-loops.ts, which does the same.
import { get, set } from './columns';
import { quotientOf } from './division';

const NONE: u32 = 0xffffffff;

/** Divides in place; `wrong` gets the first index whose value is no multiple below the limit. */
export function divideExactly(
  values: usize, shift: u32, odd: u32, inverse: u32, limit: u32, wrong: usize, from: u32, end: u32,
): void {
  if (get(wrong, 0) != NONE) return;
  for (let i = from; i < end; i++) {
    const quotient = quotientOf(get(values, i), shift, odd, inverse);
    if (quotient >= limit) {
      set(wrong, 0, i);
      return;
    }
    set(values, i, quotient);
  }
}
