/** Chains: objects that hold the next one of their kind, directly or over a few others. */
import { childrenAt, type Group, type HeapPair } from './groups';
import { type Ordinals, Side } from './side';

/** The groups below `first`, down to `link`, which repeats it. */
export function cycleBetween(first: Group, link: Group): Group[] {
  const cycle: Group[] = [];
  for (let at: Group | null = link; at && at !== first; at = at.parent) cycle.push(at);
  return cycle.reverse();
}

/** All links of one heap: from the first ones, the cycle's steps are walked again and again until nothing is left. */
export function chainSide(pair: HeapPair, side: 'before' | 'after', first: Ordinals, cycle: readonly Group[]): Side {
  const links = new Side();
  for (let current = first; current.length > 0; ) {
    for (const node of current) links.add(pair[side].heap, node);
    for (const step of cycle) current = childrenAt(pair, side, current, step);
  }
  return links;
}
