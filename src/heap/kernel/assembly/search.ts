// The walk of the depth-first search: see ../../depth-first.ts, whose plain walk does the same.
import { add, addBit, get, hasBit, maskOf, set, targetOf } from './columns';
import { firstEdgeOf, hasEdges } from './ranges';

/** Whether an edge that needs a look leads nowhere; the host notes where it would have led. */
// @ts-expect-error: decorator
@external("host", "leavesOut")
declare function leavesOut(node: u32, edge: u32, isForeign: bool): bool;

/** Takes the length of a way that a byte cannot hold. */
// @ts-expect-error: decorator
@external("host", "noteLongWay")
declare function noteLongWay(levels: u32): void;

const UNNUMBERED: u32 = 0xffffffff;
const NO_NODE: u32 = 0xffffffff;
const LONG: u32 = 255;
/** Kinds of labels: LabelKind of the host. */
const WEAK: u32 = 1;
const NEEDS_LOOK: u32 = 2;

let starts: usize, offsets: usize, far: usize;
let to: usize, width: u32, mask: u32, label: usize, kind: usize;
let numberOf: usize, vertex: usize, lowest: usize, fromLarger: usize, levels: usize;
let essential: usize, backward: usize;
let way: usize, cursors: usize;
let ownedEnd: u32, alsoOwned: usize, isRootOwned: bool;
let count: u32, depth: u32, top: u32;
let node: u32, edge: u32, current: u32, height: u32;

export function useEdges(
  startsOf: usize, offsetsOf: usize, farOf: usize, targets: usize, bytes: u32, labels: usize, kinds: usize,
): void {
  starts = startsOf;
  offsets = offsetsOf;
  far = farOf;
  to = targets;
  width = bytes;
  mask = maskOf(bytes);
  label = labels;
  kind = kinds;
}

export function useNumbers(numbers: usize, vertices: usize, low: usize, larger: usize, levelsOf: usize): void {
  numberOf = numbers;
  vertex = vertices;
  lowest = low;
  fromLarger = larger;
  levels = levelsOf;
}

export function useMarks(essentialBits: usize, backwardBits: usize): void {
  essential = essentialBits;
  backward = backwardBits;
}

/** Two columns as long as the heap has nodes. */
export function useStacks(numbers: usize, edges: usize): void {
  way = numbers;
  cursors = edges;
}

/** `also` is 0 for none. */
export function useOwned(end: u32, also: usize, isRoot: bool): void {
  ownedEnd = end;
  alsoOwned = also;
  isRootOwned = isRoot;
}

/** Begins at a node that was numbered last. */
export function beginWalk(start: u32, numbered: u32): void {
  count = numbered;
  top = current = numbered - 1;
  node = start;
  edge = firstEdgeOf(starts, offsets, far, start);
  depth = 1;
  height = 0;
}

export function walkCount(): u32 {
  return count;
}
export function walkDepth(): u32 {
  return depth;
}

/** Goes on for about so many nodes; true when all below the start are numbered. */
export function walk(steps: u32): bool {
  for (; steps > 0; steps--) {
    const from = node, number = current;
    const end = firstEdgeOf(starts, offsets, far, from + 1);
    const isForeign = number >= ownedEnd && !(alsoOwned != 0 && hasBit(alsoOwned, from));
    let below = NO_NODE;
    let e = edge;
    for (; e < end && below == NO_NODE; e++) {
      const kindOf = <u32>load<u8>(kind + <usize>load<u16>(label + (<usize>e << 1)));
      const ordinal = targetOf(to, width, mask, e);
      if (kindOf == WEAK || ordinal == from) continue;
      if (kindOf == NEEDS_LOOK && leavesOut(from, e, isForeign)) continue;
      const target = get(numberOf, ordinal);
      if (isForeign) {
        if (target < ownedEnd && (target != 0 || isRootOwned)) continue;
        if (alsoOwned != 0 && hasBit(alsoOwned, ordinal)) continue;
      }
      addBit(essential, e);
      if (target == UNNUMBERED) {
        const next = count++;
        set(numberOf, ordinal, next);
        set(vertex, next, ordinal);
        set(lowest, next, number);
        set(fromLarger, next, 0);
        const back = depth - height - 1;
        store<u8>(levels + <usize>next, <u8>min(back, LONG));
        if (back >= LONG) noteLongWay(back);
        depth = height + 2;
        if (hasEdges(starts, offsets, far, ordinal)) below = ordinal;
      } else if (target < number) {
        add(fromLarger, target, 1);
        addBit(backward, e);
      } else if (number < get(lowest, target)) set(lowest, target, number);
    }
    if (below != NO_NODE) {
      set(way, height, number);
      set(cursors, height, e);
      height++;
      node = below;
      current = count - 1;
      edge = firstEdgeOf(starts, offsets, far, below);
    } else if (number == top) return true;
    else {
      height--;
      current = get(way, height);
      node = get(vertex, current);
      edge = get(cursors, height);
    }
  }
  return false;
}
