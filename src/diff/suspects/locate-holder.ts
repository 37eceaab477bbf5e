/** Which object holds a crowd: by dominance, by where paths come together, or as the owner of a list. */
import { dominatorOf, subtreeEnd } from '../../heap/dominators';
import type { Heap } from '../../heap/heap';
import type { RetainingTree } from '../../heap/retaining-tree';
import { convergePaths, OWN_WAYS } from './convergence';
import type { Crowd } from './crowd';
import { ANY_NAME, type GroupedHeap } from './groups';

/** Where a crowd is held, and the way from there to one of it. */
export interface Found {
  readonly node: number;
  readonly tail: readonly number[];
}

/** Finds the holder of `newOnes`, the new members of a crowd. */
export function locateHolder(grouped: GroupedHeap, tree: RetainingTree, crowd: Crowd, newOnes: Uint32Array): Found {
  const { heap } = grouped;
  const { group, growthCount, cycle } = crowd;
  if (growthCount === 0) return { node: newOnes[0]!, tail: [] }; // it grew in place: it holds the growth itself
  const firstLink = group.after.nodes[0]!;
  // Paths of a chain's links run through one another: they come together in front of the first link.
  if (cycle && group.parent?.edge !== ANY_NAME) return { node: dominatorOf(heap.tree, firstLink), tail: [firstLink] };
  const members = cycle ? firstLinks(heap, crowd) : newOnes;
  const found = convergePaths(tree, members);
  if (!found) return { node: newOnes[0]!, tail: [] };
  if (found.fanOut >= OWN_WAYS) return found;
  // Few ways lead to many objects, so they hold each other: a list. Its owner dominates them; its ends name it.
  const dominator = commonDominator(heap, members);
  const node = dominates(heap, found.node, members) || isRoot(heap, dominator) ? found.node : dominator;
  const end = directMember(grouped, node, grouped.classOf(members[0]!));
  return { node, tail: end === undefined ? found.tail : [end] };
}

/** Of the chains below the keys of a dictionary, one each. */
function firstLinks({ tree }: Heap, { group: { parent, after } }: Crowd): Uint32Array {
  const owners = new Set(parent?.after.nodes);
  return after.nodes.filter((node) => owners.has(dominatorOf(tree, node)));
}

/** The immediate dominator that most objects of a crowd have. */
function commonDominator({ tree }: Heap, members: Uint32Array): number {
  const counts = new Map<number, number>();
  for (const member of members) {
    const dominator = dominatorOf(tree, member);
    counts.set(dominator, (counts.get(dominator) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1])[0]![0];
}

/** An object of the crowd's class that the owner of a list refers to by itself: an end of the list. */
function directMember({ heap, classOf }: GroupedHeap, owner: number, classIndex: number): number | undefined {
  const { edges } = heap.graph;
  for (let edge = edges.firstOf(owner), end = edges.endOf(owner); edge < end; edge++) {
    const target = edges.targetOf(edge);
    if (heap.essential.has(edge) && classOf(target) === classIndex) return target;
  }
  return undefined;
}

/** A node that dominates this share of a crowd holds it, however the paths run. */
const DOMINATED_SHARE = 0.6;

function dominates({ tree }: Heap, ordinal: number, members: Uint32Array): boolean {
  const from = tree.position[ordinal]!;
  const to = subtreeEnd(tree, from);
  const inside = members.filter((member) => tree.position[member]! > from && tree.position[member]! < to);
  return inside.length >= members.length * DOMINATED_SHARE;
}

/** V8's roots, and the globals, which the root of all refers to: everything hangs from them, whatever holds it. */
function isRoot({ graph }: Heap, ordinal: number): boolean {
  const { root, nodes, nodeType, edges } = graph;
  if (ordinal === root || nodes.type[ordinal] === nodeType.synthetic) return true;
  return edges.targetsOf(root).includes(ordinal);
}
