// Shallow sizes: see ../../node-sizes.ts, which does the same.
import { get, set } from './columns';

/** As the host knows it. */
export const FAR_SIZE: u32 = 0xffff;

// @ts-expect-error: decorator
@inline
export function nearOf(near: usize, node: u32): u32 {
  return <u32>load<u16>(near + (<usize>node << 1));
}

// @ts-expect-error: decorator
@inline
export function setNear(near: usize, node: u32, bytes: u32): void {
  store<u16>(near + (<usize>node << 1), <u16>bytes);
}

/** Where a node stands in the table, or would. */
export function slotOf(keys: usize, mask: u32, node: u32): u32 {
  let slot = ((node * 0x9e3779b1) >>> 15) & mask;
  for (let key = get(keys, slot); key != 0 && key != node + 1; key = get(keys, slot)) slot = (slot + 1) & mask;
  return slot;
}

// @ts-expect-error: decorator
@inline
export function sizeOf(near: usize, keys: usize, bytes: usize, mask: u32, node: u32): f64 {
  const size = nearOf(near, node);
  return size == FAR_SIZE ? load<f64>(bytes + (<usize>slotOf(keys, mask, node) << 3)) : <f64>size;
}

/** Sets a size that two bytes do not hold; the table has room for it. */
export function setFar(near: usize, keys: usize, bytes: usize, mask: u32, count: usize, node: u32, size: f64): void {
  setNear(near, node, FAR_SIZE);
  const slot = slotOf(keys, mask, node);
  if (get(keys, slot) == 0) set(count, 0, get(count, 0) + 1);
  set(keys, slot, node + 1);
  store<f64>(bytes + (<usize>slot << 3), size);
}
