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
const NODE: u32 = 0;
const EDGE: u32 = 1;
const IS_WITHIN: u32 = 2;
const IS_LEFT: u32 = 3;
const IS_OVER: u32 = 4;
const VISITED: u32 = 5;
const LEFT: u32 = 6;

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

/** Follows the edges of nodes, until too many were visited or better ones are to be followed. */
export function followEdges(
  starts: usize, offsets: usize, far: usize, to: usize, width: u32, labelOf: usize,
  essential: usize, numberedFrom: u32, rareNames: usize, rareCounts: usize, typeOf: usize, nameOf: usize,
  labels: usize, sources: usize, words: usize, reached: usize, parent: usize, parentWidth: u32,
  batch: usize, cursor: usize, visited: usize, left: usize, room: u32, quality: u32, _from: u32, end: u32,
): void {
  label = labelOf;
  type = typeOf;
  name = nameOf;
  ofLabel = labels;
  ofSource = sources;
  ofWord = words;
  useRare(labelOf, numberedFrom, rareNames, rareCounts);
  const mask = maskOf(width);
  let at = get(cursor, NODE);
  let edge = get(cursor, EDGE);
  let isWithin = get(cursor, IS_WITHIN) != 0;
  let isLeft = get(cursor, IS_LEFT) != 0;
  let isOver = get(cursor, IS_OVER) != 0;
  let visits = get(cursor, VISITED);
  let lefts = get(cursor, LEFT);
  while (at < end && !isOver) {
    const node = get(batch, at);
    const last = firstEdgeOf(starts, offsets, far, node + 1);
    if (!isWithin) {
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
      if (visits == room) break;
      addBit(reached, target);
      setTarget(parent, parentWidth, target, node);
      if (hasEdges(starts, offsets, far, target)) set(visited, visits++, target);
    }
    if (edge < last) {
      isWithin = true;
      break;
    }
    if (isLeft) set(left, lefts++, node);
    at++;
    isOver = quality != GOOD && (isWithin || visits > 0);
    isWithin = false;
  }
  set(cursor, NODE, at);
  set(cursor, EDGE, edge);
  set(cursor, IS_WITHIN, <u32>isWithin);
  set(cursor, IS_LEFT, <u32>isLeft);
  set(cursor, IS_OVER, <u32>isOver);
  set(cursor, VISITED, visits);
  set(cursor, LEFT, lefts);
}
