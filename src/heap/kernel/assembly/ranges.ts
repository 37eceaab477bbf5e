// Where the edges of each node begin: see ../../edge-ranges.ts, which does the same.
import { get } from './columns';

/** As the host knows them. */
const RANGE_BLOCK: u32 = 32;
const FAR: u32 = 0xffff;

let starts: usize, offsets: usize, far: usize;

export function useRanges(startsOf: usize, offsetsOf: usize, farOf: usize): void {
  starts = startsOf;
  offsets = offsetsOf;
  far = farOf;
}

// @ts-expect-error: decorator
@inline
export function firstEdgeOf(node: u32): u32 {
  const offset = <u32>load<u16>(offsets + (<usize>node << 1));
  return offset == FAR ? farEdgeOf(node) : get(starts, node / RANGE_BLOCK) + offset;
}

function farEdgeOf(node: u32): u32 {
  let low: u32 = 0;
  let high = get(far, 0);
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if (get(far, 1 + middle * 2) <= node) low = middle;
    else high = middle;
  }
  return get(far, 2 + low * 2);
}
