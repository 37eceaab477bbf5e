// Division of multiples: see ../../exact-division.ts.

const NONE: u32 = 0xffffffff;

/** NONE, above all limits, where the value is no multiple of `odd << shift`. */
// @ts-expect-error: decorator
@inline
export function quotientOf(value: u32, shift: u32, odd: u32, inverse: u32): u32 {
  const quotient = (value >>> shift) * inverse;
  const isMultiple = quotient * odd == value >>> shift && (value & ((1 << shift) - 1)) == 0;
  return isMultiple ? quotient : NONE;
}
