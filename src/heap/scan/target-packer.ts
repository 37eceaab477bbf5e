/**
 * Turns what a file says of where edges lead into ordinals. As for scanners, this is the plain one behind the interface, the
 * oracle for a faster one and the fallback where that cannot run.
 */
import { divideExactly, type ExactDivision } from '../exact-division';
import type { TargetWidth } from '../targets';

export interface TargetPacker {
  /**
   * The bytes of the quotients of a column, `width` each, up to the first that there is not; valid until the next ones.
   * The column has at most `BATCH_ROWS` rows.
   */
  pack(claimed: Uint32Array, width: TargetWidth, division: ExactDivision): Uint8Array;
}

export class PlainTargetPacker implements TargetPacker {
  pack(claimed: Uint32Array, width: TargetWidth, division: ExactDivision): Uint8Array {
    const bytes = new Uint8Array(claimed.length * width);
    let at = 0;
    for (const value of claimed) {
      const quotient = divideExactly(value, division);
      if (quotient < 0) break;
      for (let byte = 0; byte < width; byte++) bytes[at++] = quotient >>> (byte * 8);
    }
    return bytes.subarray(0, at);
  }
}
