// Sums over the nodes of each class: see ../../classes.ts, and ../../loops/plain-loops.ts, which does the same.
import { get } from './columns';

// @ts-expect-error: decorator
@inline
function addTo(sums: usize, index: u32, value: f64): void {
  const at = sums + (<usize>index << 3);
  store<f64>(at, load<f64>(at) + value);
}

/** Counts and shallow sizes of the nodes that have a size. */
export function sumShallow(classOf: usize, sizes: usize, count: usize, shallow: usize, from: u32, end: u32): void {
  for (let node = from; node < end; node++) {
    const size = get(sizes, node);
    if (size == 0) continue;
    const index = get(classOf, node);
    addTo(count, index, 1);
    addTo(shallow, index, <f64>size);
  }
}

/** Retained sizes of the nodes at positions `from` to `end` that have no node of their class above them. */
export function sumTopmost(
  at: usize, subtree: usize, classOf: usize, sizes: usize, retained: usize, sums: usize, openUntil: usize, from: u32, end: u32,
): void {
  for (let position = from; position < end; position++) {
    const node = get(at, position);
    if (get(sizes, node) == 0) continue;
    const index = get(classOf, node);
    const open = openUntil + (<usize>index << 3);
    if (<f64>position < load<f64>(open)) continue;
    addTo(sums, index, <f64>get(retained, node));
    store<f64>(open, <f64>position + <f64>get(subtree, position));
  }
}
