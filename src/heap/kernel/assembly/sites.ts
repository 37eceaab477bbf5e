// Which node has which site: see ../../sites.ts, and ../../loops/plain-class-loops.ts, which does the same.
import { addBit, get, rankOf, set } from './columns';

/** Sets the bits of ordinals whose node is of a type that is wanted. */
export function markOrdinals(
  ordinals: usize, nodeCount: u32, type: usize, isWanted: usize, marks: usize, from: u32, end: u32,
): void {
  for (let row = from; row < end; row++) {
    const ordinal = get(ordinals, row);
    if (ordinal < nodeCount && load<u8>(isWanted + <usize>load<u8>(type + <usize>ordinal)) != 0) addBit(marks, ordinal);
  }
}

/** How many bits come before each word; `total` goes on. */
export function countBefore(marks: usize, before: usize, total: usize, from: u32, end: u32): void {
  let sum = get(total, 0);
  for (let word = from; word < end; word++) {
    set(before, word, sum);
    sum += popcnt<u32>(get(marks, word));
  }
  set(total, 0, sum);
}

/** Gives marked ordinals the value + 1 of their last row, by their rank. */
export function placeByRank(
  ordinals: usize, nodeCount: u32, marks: usize, before: usize, values: usize, byRank: usize, from: u32, end: u32,
): void {
  for (let row = from; row < end; row++) {
    const ordinal = get(ordinals, row);
    if (ordinal < nodeCount) set(byRank, rankOf(marks, before, ordinal), get(values, row) + 1);
  }
}
