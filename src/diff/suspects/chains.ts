/** Chains: objects that hold the next one of their kind, directly or over a few others. */
import { addTo, childrenAt, emptySide, type Group, type HeapPair, type Side } from './groups';

/** The groups below `first`, down to `link`, which repeats it. */
export function cycleBetween(first: Group, link: Group): Group[] {
  const cycle: Group[] = [];
  for (let at: Group | null = link; at && at !== first; at = at.parent) cycle.push(at);
  return cycle.reverse();
}

/** All links of one heap: from the first ones, the cycle's steps are walked again and again until nothing is left. */
export function chainSide(pair: HeapPair, side: 'before' | 'after', first: Side, cycle: readonly Group[]): Side {
  const links = emptySide();
  for (let current: readonly number[] = first.nodes; current.length > 0; ) {
    for (const node of current) addTo(links, pair[side].heap, node);
    for (const step of cycle) current = childrenAt(pair, side, current, step);
  }
  // Every link retains those behind it: the chain as a whole retains what its first links do.
  links.retained = first.retained;
  return links;
}
