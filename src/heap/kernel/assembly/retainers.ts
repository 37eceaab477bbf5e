// The search for retainers: see ../../retainer-search.ts, and ../../loops/plain-retainer-loops.ts, which does the same.
import { addBit, get, hasBit, maskOf, set, setTarget, targetOf } from './columns';
import { firstEdgeOf, hasEdges } from './ranges';
import { rareNameOf, useRare } from './rare';

/** Numbers of the host. */
const GOOD: u32 = 0;
const POOR: u32 = 1;
const BAD: u32 = 2;
const BY_NAME: u32 = 3;
const RUNNING: u32 = 3;
const QUALITY: u32 = 3;
const ROOT_SHIFT: u32 = 2;
const CONTEXT_NAME: u32 = 16;
const GOOD_AT: u32 = 0;
const GOOD_TAIL: u32 = 1;
const LESSER_AT: u32 = 2;
const LESSER_TAIL: u32 = 3;
const LEFT_TAIL: u32 = 4;
const WITHIN: u32 = 5;
const EDGE: u32 = 6;
const IS_LEFT: u32 = 7;

// The heap whose edges are followed.
let label: usize = 0;
let type: usize = 0;
let name: usize = 0;
let ofLabel: usize = 0;
let ofSource: usize = 0;
let ofWord: usize = 0;

// @ts-expect-error: decorator
@inline
function qualityOf(node: u32, edge: u32, target: u32): u32 {
  let found = <u32>load<u8>(ofLabel + <usize>load<u16>(label + (<usize>edge << 1)));
  if (found == BY_NAME) found = <u32>load<u8>(ofWord + <usize>rareNameOf(edge)) & QUALITY;
  if (found != GOOD) return found;
  found = <u32>load<u8>(ofSource + <usize>load<u8>(type + <usize>node));
  if (found != BY_NAME) return found;
  found = (<u32>load<u8>(ofWord + <usize>get(name, node)) >>> ROOT_SHIFT) & QUALITY;
  if (found != RUNNING) return found;
  return (<u32>load<u8>(ofWord + <usize>get(name, target)) & CONTEXT_NAME) != 0 ? POOR : BAD;
}

/** Follows good edges, and lesser ones where there are none, until a queue is full or there is nothing left to follow. */
export function followEdges(
  starts: usize, offsets: usize, far: usize, to: usize, width: u32, labelOf: usize,
  essential: usize, numberedFrom: u32, rareNames: usize, rareCounts: usize, typeOf: usize, nameOf: usize,
  labels: usize, sources: usize, words: usize, reached: usize, parent: usize, parentWidth: u32,
  good: usize, lesserOnes: usize, left: usize, state: usize, room: u32, lesser: u32, lesserEnd: u32, _from: u32, end: u32,
): void {
  label = labelOf;
  type = typeOf;
  name = nameOf;
  ofLabel = labels;
  ofSource = sources;
  ofWord = words;
  useRare(labelOf, numberedFrom, rareNames, rareCounts);
  const mask = maskOf(width);
  let goodAt = get(state, GOOD_AT);
  let goodTail = get(state, GOOD_TAIL);
  let lesserAt = get(state, LESSER_AT);
  let lesserTail = get(state, LESSER_TAIL);
  let leftTail = get(state, LEFT_TAIL);
  let within = get(state, WITHIN);
  let edge = get(state, EDGE);
  let isLeft = get(state, IS_LEFT) != 0;
  for (let hasRoom = true; hasRoom;) {
    const isGood = goodAt < goodTail;
    if (isGood ? goodAt >= end || lesser == BAD : lesserAt >= min(lesserEnd, lesserTail)) break;
    const node = isGood ? get(good, goodAt) : get(lesserOnes, lesserAt);
    const quality = isGood ? GOOD : lesser;
    const last = firstEdgeOf(starts, offsets, far, node + 1);
    if (within != node + 1) {
      edge = firstEdgeOf(starts, offsets, far, node);
      isLeft = false;
    }
    for (; edge < last; edge++) {
      if (!hasBit(essential, edge)) continue;
      const target = targetOf(to, width, mask, edge);
      if (hasBit(reached, target)) continue;
      const found = qualityOf(node, edge, target);
      if (found > quality) isLeft = true;
      if (found != quality) continue;
      if (hasEdges(starts, offsets, far, target)) {
        hasRoom = goodTail < room;
        if (!hasRoom) break;
        set(good, goodTail++, target);
      }
      addBit(reached, target);
      setTarget(parent, parentWidth, target, node);
    }
    if (hasRoom && isLeft) {
      hasRoom = (isGood ? lesserTail : leftTail) < room;
      if (hasRoom) {
        if (isGood) set(lesserOnes, lesserTail++, node);
        else set(left, leftTail++, node);
      }
    }
    within = hasRoom ? 0 : node + 1;
    if (hasRoom) {
      if (isGood) goodAt++;
      else lesserAt++;
    }
  }
  set(state, GOOD_AT, goodAt);
  set(state, GOOD_TAIL, goodTail);
  set(state, LESSER_AT, lesserAt);
  set(state, LESSER_TAIL, lesserTail);
  set(state, LEFT_TAIL, leftTail);
  set(state, WITHIN, within);
  set(state, EDGE, edge);
  set(state, IS_LEFT, <u32>isLeft);
}
