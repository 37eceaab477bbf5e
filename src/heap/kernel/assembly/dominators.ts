// The loops of the dominator tree: see ../../dominators.ts, whose plain loops do the same. A loop over `from` to `end`
// is called in slices, so that it is compiled well before it is done.
import { add, addBit, get, hasBit, maskOf, rankOf, set, targetOf } from './columns';
import { firstEdgeOf } from './ranges';
import { FAR_SIZE, nearOf, slotOf } from './sizes';

const LONG: u32 = 255;
/** Positions per list of parents, as the host knows it. */
const PARENT_BLOCK: u32 = 32;
const NO_POSITION: u32 = 0xffffffff;
/** Crowds of predecessors, as the host knows them. */
const MOST_CROWDS: u32 = 1024;
const FIRST_CROWD: u32 = 0xffffffff - MOST_CROWDS + 1;

let height: u32 = 0;
let longWays: u32 = 0;
/** Subtrees that are open between two slices of `listParents` or `sumRetained`. */
let openCount: u32 = 0;
let listed: u32 = 0;
let lastListed: u32 = NO_POSITION;

/** Parents of a preorder, out of the levels back up; begins where `from` is 1. `path` is as long as the tree is deep. */
export function readParents(levels: usize, long: usize, path: usize, parents: usize, from: u32, end: u32): void {
  if (from == 1) {
    set(path, 0, 0);
    height = 1;
    longWays = 0;
  }
  let h = height;
  for (let number = from; number < end; number++) {
    const up = <u32>load<u8>(levels + <usize>number);
    h -= up < LONG ? up : get(long, longWays++);
    set(parents, number, get(path, h - 1));
    set(path, h++, number);
  }
  height = h;
}

/** Counts become the ends of rows, or numbers of crowds; `totals` goes on with the sum and how many crowds there are. */
export function sumRows(rows: usize, least: u32, crowds: usize, totals: usize, from: u32, end: u32): void {
  let sum = get(totals, 0);
  let count = get(totals, 1);
  for (let number = from; number < end; number++) {
    const length = get(rows, number);
    if (length >= least && count < MOST_CROWDS) {
      set(crowds, count, length);
      set(rows, number, FIRST_CROWD + count++);
      continue;
    }
    sum += length;
    set(rows, number, sum);
  }
  set(totals, 0, sum);
  set(totals, 1, count);
}

/** Fills rows backwards, and crowds forwards, with the predecessors along marked edges of the vertices `from` to `end`. */
export function collectPredecessors(
  starts: usize, offsets: usize, far: usize, to: usize, width: u32, _label: usize,
  backward: usize, vertex: usize, numberOf: usize, rows: usize, predecessors: usize,
  crowdEnds: usize, lastOfCrowd: usize, crowdBytes: usize, from: u32, end: u32,
): void {
  const mask = maskOf(width);
  for (let number = from; number < end; number++) {
    const node = get(vertex, number);
    const last = firstEdgeOf(starts, offsets, far, node + 1);
    for (let edge = firstEdgeOf(starts, offsets, far, node); edge < last; edge++) {
      if (!hasBit(backward, edge)) continue;
      const target = get(numberOf, targetOf(to, width, mask, edge));
      const row = get(rows, target);
      if (row >= FIRST_CROWD) {
        const crowd = row - FIRST_CROWD;
        const start = get(crowdEnds, crowd);
        set(crowdEnds, crowd, start + writeStep(crowdBytes + <usize>start, number - get(lastOfCrowd, crowd)));
        set(lastOfCrowd, crowd, number);
        continue;
      }
      set(rows, target, row - 1);
      set(predecessors, row - 1, number);
    }
  }
}

/** Seven bits a byte, the lowest first; the last byte is below 128. Returns how many. */
// @ts-expect-error: decorator
@inline
function writeStep(start: usize, step: u32): u32 {
  let at = start;
  for (; step > 127; step >>>= 7) store<u8>(at++, <u8>(step | 128));
  store<u8>(at++, <u8>step);
  return <u32>(at - start);
}

/**
 * Semidominators of the vertices `from` down to `end` + 1. `low` holds the beginnings of their rows of predecessors, or
 * numbers of crowds, and at 0 where the first of these rows ends; `path` is a stack.
 */
export function findSemidominators(
  semi: usize, low: usize, predecessors: usize, crowdStarts: usize, crowdEnds: usize, crowdBytes: usize, ancestor: usize,
  path: usize, from: u32, end: u32,
): void {
  let rowEnd = get(low, 0);
  for (let w = from; w > end; w--) {
    let best = get(semi, w);
    const start = get(low, w);
    if (start >= FIRST_CROWD) {
      let at = crowdBytes + <usize>get(crowdStarts, start - FIRST_CROWD);
      const stop = crowdBytes + <usize>get(crowdEnds, start - FIRST_CROWD);
      let v: u32 = 0;
      while (at < stop) {
        let byte = <u32>load<u8>(at++);
        let step = byte & 127;
        for (let shift = 7; byte > 127; shift += 7) {
          byte = <u32>load<u8>(at++);
          step |= (byte & 127) << shift;
        }
        v += step;
        best = min(best, evaluate(low, ancestor, path, v, w));
      }
    } else {
      for (let i = start; i < rowEnd; i++) best = min(best, evaluate(low, ancestor, path, get(predecessors, i), w));
      rowEnd = start;
    }
    set(semi, w, best);
    set(low, w, best);
  }
  set(low, 0, rowEnd);
}

// @ts-expect-error: decorator
@inline
function evaluate(low: usize, ancestor: usize, path: usize, v: u32, w: u32): u32 {
  let above = get(ancestor, v);
  if (above <= w) return get(low, v);
  let u = v;
  let at = path;
  do {
    store<u32>(at, u);
    at += 4;
    u = above;
    above = get(ancestor, u);
  } while (above > w);
  let best = get(low, u);
  while (at > path) {
    at -= 4;
    const x = load<u32>(at);
    set(ancestor, x, above);
    const own = get(low, x);
    if (best < own) set(low, x, best);
    else best = own;
  }
  return best;
}

/** Parents become immediate dominators. */
export function findDominators(semi: usize, idom: usize, from: u32, end: u32): void {
  for (let w = from; w < end; w++) {
    const s = get(semi, w);
    let d = get(idom, w);
    while (d > s) d = get(idom, d);
    set(idom, w, d);
  }
}

/** Adds up subtrees of vertices `from` down to `end` + 1. */
export function sumSubtrees(idom: usize, subtree: usize, from: u32, end: u32): void {
  for (let v = from; v > end; v--) add(subtree, get(idom, v), get(subtree, v));
}

/** Gives each vertex its place in preorder, in place of its dominator; `next`, which held the subtrees, is used up. */
export function placeVertices(idom: usize, next: usize, size: usize, from: u32, end: u32): void {
  for (let v = from; v < end; v++) {
    const length = get(next, v);
    let place: u32 = 0;
    if (v > 0) {
      const d = get(idom, v);
      place = get(next, d);
      set(next, d, place + length);
    }
    set(next, v, place + 1);
    set(size, place, length);
    set(idom, v, place);
  }
}

/** Which node is at which place. */
export function layOut(vertex: usize, placeOf: usize, at: usize, from: u32, end: u32): void {
  for (let v = from; v < end; v++) set(at, get(placeOf, v), get(vertex, v));
}

/** Where each node is. */
export function locate(at: usize, position: usize, from: u32, end: u32): void {
  for (let place = from; place < end; place++) set(position, get(at, place), place);
}

/** Lists, block by block of positions, the parents that lie before the block, each once; `path` is a stack. */
export function listParents(size: usize, path: usize, parents: usize, ends: usize, from: u32, end: u32): void {
  if (from == 0) {
    openCount = 0;
    listed = 0;
    lastListed = NO_POSITION;
  }
  let count = openCount;
  for (let position = from; position < end; position++) {
    const block = position / PARENT_BLOCK;
    if (position % PARENT_BLOCK == 0) lastListed = NO_POSITION;
    if (count > 0) {
      const parent = get(path, count - 1);
      if (parent < block * PARENT_BLOCK && parent != lastListed) {
        set(parents, listed++, parent);
        lastListed = parent;
      }
    }
    set(ends, block, listed);
    if (get(size, position) > 1) {
      set(path, count++, position);
      continue;
    }
    while (count > 0) {
      const open = get(path, count - 1);
      if (open + get(size, open) > position + 1) break;
      count--;
    }
  }
  openCount = count;
}

/** Marks the positions with a subtree below them, and moves their sizes to the front; `total` goes on with how many there are. */
export function gatherInner(size: usize, inner: usize, before: usize, total: usize, from: u32, end: u32): void {
  let count = get(total, 0);
  for (let position = from; position < end; position++) {
    if ((position & 31) == 0) set(before, position >>> 5, count);
    const length = get(size, position);
    if (length == 1) continue;
    addBit(inner, position);
    set(size, count++, length);
  }
  set(total, 0, count);
}

/**
 * Adds shallow sizes up over the positions `from` to `end`; `open` and `ends` are stacks of the subtrees that a position
 * is in. `overflow` becomes 1 where a size comes to 2^32.
 */
export function sumRetained(
  at: usize, inner: usize, before: usize, size: usize,
  near: usize, keys: usize, bytes: usize, mask: u32, _count: usize,
  retained: usize, open: usize, ends: usize, overflow: usize, from: u32, end: u32,
): void {
  if (from == 0) openCount = 0;
  let count = openCount;
  let above = count > 0 ? get(open, count - 1) : 0;
  let rank = rankOf(inner, before, from);
  for (let position = from; position < end; position++) {
    const node = get(at, position);
    let own = nearOf(near, node);
    if (own == FAR_SIZE) {
      const far = load<f64>(bytes + (<usize>slotOf(keys, mask, node) << 3));
      if (far > 4294967295.0) set(overflow, 0, 1);
      own = <u32><u64>far;
    }
    if (hasBit(inner, position)) {
      set(open, count, rank);
      set(ends, count, position + get(size, rank));
      set(retained, rank, own);
      count++;
      above = rank++;
      continue;
    }
    if (count == 0) continue; // a root alone
    addSize(retained, above, own, overflow);
    while (get(ends, count - 1) == position + 1) {
      const sum = get(retained, above);
      if (--count == 0) break;
      above = get(open, count - 1);
      addSize(retained, above, sum, overflow);
    }
  }
  openCount = count;
}

// @ts-expect-error: decorator
@inline
function addSize(retained: usize, rank: u32, bytes: u32, overflow: usize): void {
  const sum: u64 = <u64>get(retained, rank) + bytes;
  if (sum > 0xffffffff) set(overflow, 0, 1);
  set(retained, rank, <u32>sum);
}
