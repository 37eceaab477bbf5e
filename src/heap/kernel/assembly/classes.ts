// Sums over the nodes of each class: see ../../classes.ts, and ../../loops/plain-loops.ts, which does the same.
import { get, hasBit, rankOf } from './columns';
import { sizeOf } from './sizes';

// @ts-expect-error: decorator
@inline
function addTo(sums: usize, index: u32, value: f64): void {
  const at = sums + (<usize>index << 3);
  store<f64>(at, load<f64>(at) + value);
}

/** Counts and shallow sizes of the nodes that have a size. */
export function sumShallow(
  classOf: usize, near: usize, keys: usize, bytes: usize, mask: u32, _count: usize, count: usize, shallow: usize,
  from: u32, end: u32,
): void {
  for (let node = from; node < end; node++) {
    const size = sizeOf(near, keys, bytes, mask, node);
    if (size == 0) continue;
    const index = get(classOf, node);
    addTo(count, index, 1);
    addTo(shallow, index, size);
  }
}

/** Retained sizes of the nodes at positions `from` to `end` that have no node of their class above them. */
export function sumTopmost(
  at: usize, inner: usize, before: usize, size: usize, classOf: usize,
  near: usize, keys: usize, bytes: usize, mask: u32, _count: usize,
  retained: usize, sums: usize, openUntil: usize, from: u32, end: u32,
): void {
  let next = rankOf(inner, before, from);
  for (let position = from; position < end; position++) {
    const node = get(at, position);
    const isInner = hasBit(inner, position);
    const rank = next;
    if (isInner) next++;
    const own = sizeOf(near, keys, bytes, mask, node);
    if (own == 0) continue;
    const index = get(classOf, node);
    const open = openUntil + (<usize>index << 3);
    if (<f64>position < load<f64>(open)) continue;
    addTo(sums, index, isInner ? <f64>get(retained, rank) : own);
    if (isInner) store<f64>(open, <f64>position + <f64>get(size, rank));
  }
}
