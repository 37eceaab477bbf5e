// Where edges lead: see scan.ts, and ../../scan/target-packer.ts, whose plain packer does the same.
import { quotientOf } from './division';
import { TARGETS } from './memory';

/** A number is stored whole, and the next one over what is too much of it. */
export function packTargets(
  claimed: usize, rows: u32, width: usize, shift: u32, odd: u32, inverse: u32, limit: u32,
): u32 {
  let at = TARGETS;
  for (let row: u32 = 0; row < rows; row++) {
    const quotient = quotientOf(load<u32>(claimed + (<usize>row << 2)), shift, odd, inverse);
    if (quotient >= limit) return row;
    store<u32>(at, quotient);
    at += width;
  }
  return rows;
}
