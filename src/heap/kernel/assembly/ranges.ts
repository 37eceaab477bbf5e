// Where the edges of each node begin: see ../../edge-ranges.ts, which does the same.
import { get } from './columns';

/** As the host knows them. */
const RANGE_BLOCK: u32 = 128;
const FAR: u32 = 0x80000000;

// @ts-expect-error: decorator
@inline
export function firstEdgeOf(starts: usize, offsets: usize, far: usize, node: u32): u32 {
  const start = get(starts, node / RANGE_BLOCK);
  if ((start & FAR) != 0) return get(far, (start ^ FAR) * RANGE_BLOCK + node % RANGE_BLOCK);
  return start + <u32>load<u16>(offsets + (<usize>node << 1));
}

/** Two nodes of a block whose edges begin at different offsets are quickly told. */
// @ts-expect-error: decorator
@inline
export function hasEdges(starts: usize, offsets: usize, far: usize, node: u32): bool {
  const at = offsets + (<usize>node << 1);
  if (load<u16>(at) != load<u16>(at, 2) && node % RANGE_BLOCK != RANGE_BLOCK - 1) return true;
  return firstEdgeOf(starts, offsets, far, node) != firstEdgeOf(starts, offsets, far, node + 1);
}
