// Who owns V8's internal objects: see ../../shallow-sizes.ts, and ../../loops/plain-loops.ts, which does the same.
import { addBit, get, hasBit, maskOf, set, targetOf } from './columns';
import { firstEdgeOf } from './ranges';
import { FAR_SIZE, setFar, setNear, sizeOf } from './sizes';

const UNVISITED: u32 = 0xffffffff;
const SEVERAL_OWNERS: u32 = 0xfffffffe;

/** Kinds of node types: OwnableKind of the host. */
const ALWAYS: u32 = 1;
const BY_NAME: u32 = 2;

/** Marks the nodes that another one can own; all others own themselves. */
export function markOwnable(
  type: usize, name: usize, kinds: usize, named: usize, names: u32, owners: usize, ownable: usize, from: u32, end: u32,
): void {
  for (let node = from; node < end; node++) {
    const kind = <u32>load<u8>(kinds + <usize>load<u8>(type + <usize>node));
    let isOwnable = kind == ALWAYS;
    if (kind == BY_NAME) {
      const called = get(name, node);
      isOwnable = called < names && hasBit(named, called);
    }
    if (isOwnable) addBit(ownable, node);
    set(owners, node, isOwnable ? UNVISITED : node);
  }
}

/** Follows edges of the nodes `from` to `end` that nobody can own, and of all that is found to be owned by them. */
export function findOwned(
  starts: usize, offsets: usize, far: usize, to: usize, width: u32, label: usize,
  isWeak: usize, ownable: usize, owners: usize, worklist: usize,
  from: u32, end: u32,
): void {
  const mask = maskOf(width);
  for (let start = from; start < end; start++) {
    if (hasBit(ownable, start)) continue;
    let node = start;
    let owner = start;
    let height: u32 = 0;
    while (true) {
      const last = firstEdgeOf(starts, offsets, far, node + 1);
      for (let edge = firstEdgeOf(starts, offsets, far, node); edge < last; edge++) {
        const target = targetOf(to, width, mask, edge);
        if (!hasBit(ownable, target) || load<u8>(isWeak + <usize>load<u16>(label + (<usize>edge << 1))) != 0) continue;
        const current = get(owners, target);
        if (current == owner || current == SEVERAL_OWNERS) continue;
        set(owners, target, current == UNVISITED ? owner : SEVERAL_OWNERS);
        set(worklist, height++, target);
      }
      if (height == 0) break;
      node = get(worklist, --height);
      owner = get(owners, node);
    }
  }
}

/** Moves sizes to owners; `stop` gets the first node whose owner's size finds no room in the table. */
export function moveSizes(
  type: usize, root: u32, synthetic: u32, owners: usize,
  near: usize, keys: usize, bytes: usize, mask: u32, count: usize, stop: usize, from: u32, end: u32,
): void {
  if (get(stop, 0) != UNVISITED) return;
  for (let node = from; node < end; node++) {
    const owner = get(owners, node);
    if (owner == node || owner >= SEVERAL_OWNERS || owner == root || load<u8>(type + <usize>owner) == synthetic) continue;
    const sum = sizeOf(near, keys, bytes, mask, owner) + sizeOf(near, keys, bytes, mask, node);
    if (sum < <f64>FAR_SIZE) setNear(near, owner, <u32>sum);
    else if (get(count, 0) * 2 <= mask) setFar(near, keys, bytes, mask, count, owner, sum);
    else {
      set(stop, 0, node);
      return;
    }
    setNear(near, node, 0);
  }
}
