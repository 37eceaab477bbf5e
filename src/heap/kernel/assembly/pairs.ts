// Numbers for pairs: see ../../interner.ts, ../../shapes.ts, and ../../loops/plain-class-loops.ts, which does the same.
import { get, hasBit, marksOf, rankOf, set } from './columns';
import { firstEdgeOf } from './ranges';
import { internPair, useTable } from './table';

const NONE: u32 = 0xffffffff;

/** Numbers the pairs of two columns. */
export function internPairs(
  a: usize, b: usize,
  slotsAt: usize, slotMask: u32, firstAt: usize, secondAt: usize, rowAt: usize, countAt: usize,
  out: usize, from: u32, end: u32,
): void {
  useTable(slotsAt, slotMask, firstAt, secondAt, rowAt, countAt);
  for (let at = from; at < end; at++) set(out, at, internPair(get(a, at), get(b, at), at));
}

/**
 * Numbers the pairs, at marked places, of a column and of what nodes were given by their rank among those in `ranked`, 0
 * for others. 0 for `out` means that the table suffices.
 */
export function internSited(
  marks: usize, a: usize, ranked: usize, before: usize, byRank: usize,
  slotsAt: usize, slotMask: u32, firstAt: usize, secondAt: usize, rowAt: usize, countAt: usize,
  base: u32, out: usize, from: u32, end: u32,
): void {
  useTable(slotsAt, slotMask, firstAt, secondAt, rowAt, countAt);
  for (let word = from >>> 5; word << 5 < end; word++) {
    for (let bits = marksOf(marks, word, from, end); bits != 0; bits &= bits - 1) {
      const at = (word << 5) + ctz<u32>(bits);
      const b = hasBit(ranked, at) ? get(byRank, rankOf(ranked, before, at)) : 0;
      const number = base + internPair(get(a, at), b, at);
      if (out != 0) set(out, at, number);
    }
  }
}

/** Numbers the walks along marked nodes' properties. */
export function walkProperties(
  starts: usize, offsets: usize, far: usize, _to: usize, _width: u32, label: usize,
  marks: usize, propertyOf: usize, lengthOf: usize, limit: u32,
  slotsAt: usize, slotMask: u32, firstAt: usize, secondAt: usize, rowAt: usize, countAt: usize,
  out: usize, from: u32, end: u32,
): void {
  useTable(slotsAt, slotMask, firstAt, secondAt, rowAt, countAt);
  for (let word = from >>> 5; word << 5 < end; word++) {
    for (let bits = marksOf(marks, word, from, end); bits != 0; bits &= bits - 1) {
      const node = (word << 5) + ctz<u32>(bits);
      let walk: u32 = 0;
      let length: u32 = 1; // of an opening brace
      const last = firstEdgeOf(starts, offsets, far, node + 1);
      for (let edge = firstEdgeOf(starts, offsets, far, node); edge < last; edge++) {
        const property = get(propertyOf, <u32>load<u16>(label + (<usize>edge << 1)));
        if (property == 0) continue;
        if (property == NONE) {
          walk = NONE;
          break;
        }
        const added = get(lengthOf, property);
        if (length > 1 && length + added > limit) break;
        length += added + (length == 1 ? 0 : 2);
        walk = internPair(walk, property, node) + 1;
      }
      set(out, node, walk);
    }
  }
}

/** How many marked nodes have each value, and which is the first; those whose value is none are listed. */
export function countValues(
  marks: usize, values: usize, counts: usize, firstOf: usize, list: usize, count: usize, from: u32, end: u32,
): void {
  let listed = get(count, 0);
  for (let word = from >>> 5; word << 5 < end; word++) {
    for (let bits = marksOf(marks, word, from, end); bits != 0; bits &= bits - 1) {
      const node = (word << 5) + ctz<u32>(bits);
      const value = get(values, node);
      if (value == NONE) {
        set(list, listed++, node);
        continue;
      }
      const known = get(counts, value);
      if (known == 0) set(firstOf, value, node);
      set(counts, value, known + 1);
    }
  }
  set(count, 0, listed);
}
