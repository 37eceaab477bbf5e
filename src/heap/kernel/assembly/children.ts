// What nodes dominate directly: see ../../children.ts, and ../../loops/plain-child-loops.ts, which does the same.
import { addBit, get, hasBit, maskOf, rankOf, removeBit, set, targetOf } from './columns';
import { firstEdgeOf } from './ranges';
import { rareNameOf, useRare } from './rare';
import { sizeOf } from './sizes';
import { internPair, useTable } from './table';

const NONE: u32 = 0xffffffff;
/** Numbers of the host: BY_FIRST_BYTE, ChildCursor and ChildStep. */
const BY_FIRST_BYTE: u32 = 0xfffffffe;
const LISTED: u32 = 0;
const PARENT: u32 = 1;
const STEP: u32 = 2;
const NEXT: u32 = 3;
const MARK: u32 = 0;
const BY_EDGE: u32 = 1;
const OTHERS: u32 = 2;
const ZERO: u32 = 0x30;

// The list under way.
let marks: usize = 0;
let children: usize = 0;
let via: usize = 0;
let room: u32 = 0;
let listed: u32 = 0;

/** Lists a child once; false when it was not listed yet and the list is full. */
// @ts-expect-error: decorator
@inline
function list(child: u32, edge: u32): bool {
  if (!hasBit(marks, child)) return true;
  if (listed == room) return false;
  removeBit(marks, child);
  set(children, listed, child);
  set(via, listed++, edge);
  return true;
}

/** The position behind the subtree at a position. */
// @ts-expect-error: decorator
@inline
function behind(inner: usize, before: usize, size: usize, place: u32): u32 {
  return place + (hasBit(inner, place) ? get(size, rankOf(inner, before, place)) : 1);
}

/** Lists children until the list is full. */
export function listChildren(
  starts: usize, offsets: usize, far: usize, to: usize, width: u32, _label: usize,
  essential: usize, at: usize, position: usize, inner: usize, before: usize, size: usize,
  marksAt: usize, parents: usize, cursor: usize, childrenAt: usize, viaAt: usize, most: u32, _from: u32, end: u32,
): void {
  marks = marksAt;
  children = childrenAt;
  via = viaAt;
  room = most;
  listed = get(cursor, LISTED);
  const mask = maskOf(width);
  let parent = get(cursor, PARENT);
  let step = get(cursor, STEP);
  let next = get(cursor, NEXT);
  for (let hasRoom = true; parent < end; parent++) {
    const node = get(parents, parent);
    const place = get(position, node);
    const last = behind(inner, before, size, place);
    if (place + 1 == last) continue;
    if (step == MARK) {
      for (let child = place + 1; child < last; child = behind(inner, before, size, child)) {
        addBit(marks, get(at, child));
      }
      step = BY_EDGE;
      next = firstEdgeOf(starts, offsets, far, node);
    }
    if (step == BY_EDGE) {
      for (const lastEdge = firstEdgeOf(starts, offsets, far, node + 1); next < lastEdge; next++) {
        hasRoom = !hasBit(essential, next) || list(targetOf(to, width, mask, next), next);
        if (!hasRoom) break;
      }
      if (!hasRoom) break;
      step = OTHERS;
      next = place + 1;
    }
    for (; next < last; next = behind(inner, before, size, next)) {
      hasRoom = list(get(at, next), NONE);
      if (!hasRoom) break;
    }
    if (!hasRoom) break;
    step = MARK;
  }
  set(cursor, LISTED, listed);
  set(cursor, PARENT, parent);
  set(cursor, STEP, step);
  set(cursor, NEXT, next);
}

/** Gives children the keys of their edges; lists those of which neither the label nor the first byte of the name tells it. */
export function keyChildren(
  label: usize, keyOfLabel: usize, keyOfNone: u32, keyOfIndices: u32,
  firstNumbered: u32, rare: usize, rareBefore: usize, firstBytes: usize,
  edges: usize, keys: usize, open: usize, count: usize, from: u32, end: u32,
): void {
  useRare(label, firstNumbered, rare, rareBefore);
  let opened = get(count, 0);
  for (let place = from; place < end; place++) {
    const edge = get(edges, place);
    let key = edge == NONE ? keyOfNone : get(keyOfLabel, <u32>load<u16>(label + (<usize>edge << 1)));
    if (key == BY_FIRST_BYTE) {
      const byte = <u32>load<u8>(firstBytes + <usize>rareNameOf(edge));
      key = byte - ZERO < 10 ? keyOfIndices : NONE;
    }
    set(keys, place, key);
    if (key == NONE) set(open, opened++, place);
  }
  set(count, 0, opened);
}

/** Numbers children by key and class, counts them and adds up what they retain. */
export function groupChildren(
  keys: usize, classOf: usize, position: usize, inner: usize, before: usize, retained: usize,
  near: usize, farKeys: usize, farBytes: usize, farMask: u32, _count: usize, nodes: usize,
  slots: usize, slotMask: u32, first: usize, second: usize, row: usize, count: usize,
  numbers: usize, counts: usize, sums: usize, from: u32, end: u32,
): void {
  useTable(slots, slotMask, first, second, row, count);
  for (let place = from; place < end; place++) {
    const child = get(nodes, place);
    const known = get(count, 0);
    const number = internPair(get(keys, place), get(classOf, child), place);
    const sum = sums + <usize>number * 24;
    if (number == known) {
      set(counts, number, 0);
      memory.fill(sum, 0, 24);
    }
    set(numbers, place, number);
    set(counts, number, get(counts, number) + 1);
    const at = get(position, child);
    const shallow = sizeOf(near, farKeys, farBytes, farMask, child);
    const bytes = hasBit(inner, at) ? <f64>get(retained, rankOf(inner, before, at)) : shallow;
    store<f64>(sum, load<f64>(sum) + bytes);
    store<f64>(sum, load<f64>(sum, 8) + shallow, 8);
    if (bytes > load<f64>(sum, 16)) store<f64>(sum, bytes, 16);
  }
}

export function sortByNumber(items: usize, numbers: usize, places: usize, sorted: usize, from: u32, end: u32): void {
  for (let item = from; item < end; item++) {
    const number = get(numbers, item);
    const place = get(places, number);
    set(places, number, place + 1);
    set(sorted, place, get(items, item));
  }
}
