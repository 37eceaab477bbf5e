// Numbers for labels of edges: see scan.ts.
import { LABEL_NAME, LABEL_TYPE, LABELS, MOST_SLOTS, SLOTS, UNKNOWN } from './memory';

let labels: u32 = 1;

export function labelCount(): u32 {
  return labels;
}

export function beginLabels(first: u32): void {
  labels = first;
  memory.fill(SLOTS, 0, <usize>MOST_SLOTS * 2);
}

/** Where a label stands, or would. The multiplier is 2^32 over the golden ratio (Knuth, TAOCP volume 3, section 6.4). */
// @ts-expect-error: decorator
@inline
function slotOf(type: u32, name: u32): usize {
  let slot = <usize>(((name ^ (type << 28)) * 0x9e3779b1) >>> 15);
  let found = <usize>load<u16>(SLOTS + (slot << 1));
  while (found != 0) {
    if (load<u32>(LABEL_NAME + (found << 2)) == name && <u32>load<u8>(LABEL_TYPE + found) == type) break;
    slot = (slot + 1) & (MOST_SLOTS - 1);
    found = <usize>load<u16>(SLOTS + (slot << 1));
  }
  return SLOTS + (slot << 1);
}

export function lookUpLabels(types: usize, names: usize, rows: u32): u32 {
  let unknown: u32 = 0;
  for (let r: usize = 0; r < <usize>rows; r++) {
    const label = load<u16>(slotOf(load<u32>(types + (r << 2)), load<u32>(names + (r << 2))));
    store<u16>(LABELS + (r << 1), label);
    store<u16>(UNKNOWN + (<usize>unknown << 1), <u16>r);
    unknown += <u32>(label == 0);
  }
  return unknown;
}

export function findLabel(type: u32, name: u32): u32 {
  return load<u16>(slotOf(type, name));
}

/** Of a label that there is not yet, while there are fewer than MOST_LABELS. */
export function addLabel(type: u32, name: u32): u32 {
  const label = labels++;
  store<u8>(LABEL_TYPE + <usize>label, <u8>type);
  store<u32>(LABEL_NAME + (<usize>label << 2), name);
  store<u16>(slotOf(type, name), <u16>label);
  return label;
}
