// Who owns V8's internal objects: see ../../shallow-sizes.ts, and ../../loops/plain-loops.ts, which does the same.
import { get, hasBit, set } from './columns';

const UNVISITED: u32 = 0xffffffff;
const SEVERAL_OWNERS: u32 = 0xfffffffe;

/** Follows edges of the nodes `from` to `end` that nobody can own, and of all that is found to be owned by them. */
export function findOwned(
  first: usize, to: usize, label: usize, isWeak: usize, ownable: usize, owners: usize, worklist: usize, from: u32, end: u32,
): void {
  for (let start = from; start < end; start++) {
    if (hasBit(ownable, start)) continue;
    let node = start;
    let owner = start;
    let height: u32 = 0;
    while (true) {
      const last = get(first, node + 1);
      for (let edge = get(first, node); edge < last; edge++) {
        const target = get(to, edge);
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
