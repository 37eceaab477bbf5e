/**
 * Division of multiples: what is a multiple of an odd number divided by it is its product with the inverse modulo 2^32. Files
 * name nodes by where their fields begin, which is their ordinal times the fields of a node.
 */

export interface ExactDivision {
  /** The divisor is `odd * 2 ** shift`. */
  readonly shift: number;
  readonly odd: number;
  readonly inverse: number;
  /** Above all quotients. */
  readonly limit: number;
}

/** How to divide by `divisor` where all quotients are below `limit`. */
export function planDivision(divisor: number, limit: number): ExactDivision {
  const shift = 31 - Math.clz32(divisor & -divisor);
  const odd = divisor >>> shift;
  // Beyond 2^32 products wrap around.
  return { shift, odd, inverse: invert(odd), limit: Math.min(limit, Math.floor(0xffffffff / divisor) + 1) };
}

/** Of an odd number, modulo 2^32, by Newton's iteration: each round doubles the bits that are right, from three on. */
function invert(odd: number): number {
  let inverse = odd;
  for (let bits = 3; bits < 32; bits *= 2) inverse = Math.imul(inverse, 2 - Math.imul(odd, inverse));
  return inverse >>> 0;
}

/** The quotient of a value; -1 where it is no multiple, or its quotient is not below the limit. */
export function divideExactly(value: number, { shift, odd, inverse, limit }: ExactDivision): number {
  const quotient = Math.imul(value >>> shift, inverse) >>> 0;
  const isMultiple = Math.imul(quotient, odd) >>> 0 === value >>> shift && (value & ((1 << shift) - 1)) === 0;
  return isMultiple && quotient < limit ? quotient : -1;
}
