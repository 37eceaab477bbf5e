// Where edges lead: see scan.ts, and ../../scan/target-packer.ts, whose plain packer does the same.
import { TARGETS } from './memory';

/** Divides as `exact-division.ts` says; a number is stored whole, and the next one over what is too much of it. */
export function packTargets(
  claimed: usize, rows: u32, width: usize, shift: u32, odd: u32, inverse: u32, limit: u32,
): u32 {
  const low: u32 = (1 << shift) - 1;
  let at = TARGETS;
  for (let row: u32 = 0; row < rows; row++) {
    const value = load<u32>(claimed + (<usize>row << 2));
    const quotient = (value >>> shift) * inverse;
    if (quotient >= limit || quotient * odd != value >>> shift || (value & low) != 0) return row;
    store<u32>(at, quotient);
    at += width;
  }
  return rows;
}
