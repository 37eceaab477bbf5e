// Labels for edges: see scan.ts, and ../../scan/edge-labeler.ts, whose plain labeler does the same and says why.
import {
  INDEXED,
  LABEL_NAME,
  LABEL_TYPE,
  LABELS,
  MOST_LABELS,
  MOST_SLOTS,
  RARE_NAMES,
  RARE_ROWS,
  reserve,
  SLOTS,
} from './memory';
import { endOfColumns } from './rows';

const NUMBERED_INDICES: u32 = 4096;
const NUMBERED_AT_ONCE: u32 = MOST_LABELS / 2;
const OFTEN: u32 = 16;
const COUNTED_WORDS: u32 = 1 << 26;

let types: u32 = 0;
let labels: u32 = 1;
let rares: u32 = 0;
let largest: f64 = -1;
/** How often each word was said that has no number, u8 each: behind the columns of the edges. */
let said: usize = 0;
let saidEnd: usize = 0;

export function labelCount(): u32 {
  return labels;
}
export function rareCount(): u32 {
  return rares;
}
export function largestWord(): f64 {
  return largest;
}

export function beginLabels(edgeTypes: u32): void {
  types = edgeTypes;
  labels = max<u32>(1, edgeTypes);
  largest = -1;
  said = 0;
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

export function labelRows(typeColumn: usize, nameColumn: usize, rows: u32): u32 {
  rares = 0;
  for (let row: u32 = 0; row < rows; row++) {
    const type = load<u32>(typeColumn + (<usize>row << 2));
    const name = load<u32>(nameColumn + (<usize>row << 2));
    const slot = slotOf(type, name);
    let label: u32 = load<u16>(slot);
    if (label == 0) {
      if (type >= types) return row;
      label = labelNew(slot, type, name);
      if (label == type) {
        store<u16>(RARE_ROWS + (<usize>rares << 1), <u16>row);
        store<u32>(RARE_NAMES + (<usize>rares << 2), name);
        rares++;
      }
    }
    store<u16>(LABELS + (<usize>row << 1), <u16>label);
  }
  return rows;
}

/** A new number for a label, or the type where its name stays rare. */
function labelNew(slot: usize, type: u32, name: u32): u32 {
  const isIndexed = load<u8>(INDEXED + <usize>type) != 0;
  if (!isIndexed && <f64>name > largest) largest = <f64>name;
  const isNumbered = isIndexed ? name < NUMBERED_INDICES : mayNumber(name);
  if (!isNumbered || labels == MOST_LABELS) return type;
  const label = labels++;
  store<u8>(LABEL_TYPE + <usize>label, <u8>type);
  store<u32>(LABEL_NAME + (<usize>label << 2), name);
  store<u16>(slot, <u16>label);
  return label;
}

function mayNumber(word: u32): bool {
  if (labels < NUMBERED_AT_ONCE) return true;
  if (word >= COUNTED_WORDS) return false;
  if (said == 0) {
    said = endOfColumns();
    saidEnd = <usize>memory.size() << 16;
    memory.fill(said, 0, saidEnd - said);
  }
  if (said + <usize>word >= saidEnd) {
    reserve(said + <usize>word + <usize>(word >>> 1) + 1);
    saidEnd = <usize>memory.size() << 16;
  }
  const at = said + <usize>word;
  const times = <u32>load<u8>(at) + 1;
  store<u8>(at, <u8>min<u32>(times, 255));
  return times >= OFTEN;
}
