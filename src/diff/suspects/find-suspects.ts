/** From growth to suspects: what grew, who holds it, where it was allocated. */
import type { Heap } from '../../heap/heap';
import { RetainingTree } from '../../heap/retaining-tree';
import { placeOf } from '../constructors';
import { IdSet } from '../identity';
import type { AllocationStack } from '../stacks';
import type { Holder, Suspect } from '../types';
import { type Accumulation, findAccumulations } from './accumulations';
import { convergePaths } from './convergence';
import { nameCrowd } from './crowd';
import { ANY_NAME, type GroupedHeap, type HeapPair } from './groups';
import { HolderNamer } from './holder';
import { joinStacks, sumSites } from './site-join';

export interface SuspectInputs {
  readonly pair: HeapPair;
  /** Ids name the same objects in both heaps. */
  readonly comparable: boolean;
  readonly stacks: readonly AllocationStack[];
}

/** Suspects that are reported; more would only bury the first. */
const MOST_SUSPECTS = 10;

/** Suspects with what they were made of, for those who look closer; the lists run in step, by rank. */
export interface TracedSuspects {
  readonly suspects: readonly Suspect[];
  readonly growth: readonly HeldGrowth[];
  /** The allocation stacks given to each suspect. */
  readonly stacks: readonly (readonly AllocationStack[])[];
}

/** Ranks what the growth consists of. Shares are of all growth, and never sum to more than 1. */
export function traceSuspects(inputs: SuspectInputs): TracedSuspects {
  const { pair } = inputs;
  const crowds = findAccumulations(pair).flatMap((accumulation) => {
    const classIndex = nameCrowd(pair, accumulation);
    return classIndex === null ? [] : [{ ...accumulation, classIndex }];
  });
  if (crowds.length === 0) return { suspects: [], growth: [], stacks: [] };
  const held = mergeByHolder(findHolders(inputs, crowds)).sort((a, b) => b.growthBytes - a.growthBytes);
  const totalGrowth = totalOf(pair.after) - totalOf(pair.before);
  const base = Math.max(
    totalGrowth,
    held.reduce((sum, { growthBytes }) => sum + growthBytes, 0),
  );
  const ranked = held.slice(0, MOST_SUSPECTS);
  const stacks = joinStacks(ranked, inputs.stacks);
  const suspects = ranked.map((suspect, index) => ({
    rank: index + 1,
    growthBytes: suspect.growthBytes,
    growthShare: suspect.growthBytes / base,
    growthCount: suspect.growthCount,
    constructor: suspect.constructor,
    holder: suspect.holder,
    allocationSites: sumSites(stacks[index]!, suspect.growthBytes),
  }));
  return { suspects, growth: ranked, stacks };
}

export interface HeldGrowth {
  readonly holder: Holder;
  readonly constructor: Suspect['constructor'];
  readonly growthBytes: number;
  readonly growthCount: number;
  /** What was found to grow there, largest first. */
  readonly crowds: readonly Crowd[];
}

const totalOf = ({ heap }: HeapPair['after']) => heap.retained[heap.graph.root]!;

/** An accumulation and the class it is called by. */
export interface Crowd extends Accumulation {
  readonly classIndex: number;
}

function findHolders({ pair, comparable }: SuspectInputs, crowds: readonly Crowd[]): HeldGrowth[] {
  const { heap } = pair.after;
  const tree = RetainingTree.build(heap);
  const namer = new HolderNamer(pair, tree);
  const idsBefore = comparable ? new IdSet(pair.before.heap) : null;
  const isNew = (ordinal: number) => !idsBefore?.has(heap.graph.nodes.id[ordinal]!);
  return crowds.map((crowd) => {
    const { group, growthBytes, growthCount, classIndex } = crowd;
    const { name, function: functionName, location } = pair.classes[classIndex]!;
    const newMembers = group.after.nodes.filter(isNew);
    const members = newMembers.length > 0 ? newMembers : group.after.nodes;
    const found = locateHolder(pair.after, tree, crowd, members);
    const holderNode = growthCount === 0 ? namer.namedOwner(found.node) : namer.visibleOwner(found.node);
    return {
      holder: namer.name(holderNode, found.tail, group.edge === ANY_NAME),
      constructor: { name, function: functionName, location: placeOf(location) },
      growthBytes,
      growthCount,
      crowds: [crowd],
    };
  });
}

/** Where a crowd is held, and the way from there to one of it. */
interface Found {
  readonly node: number;
  readonly tail: readonly number[];
}

function locateHolder(grouped: GroupedHeap, tree: RetainingTree, crowd: Crowd, members: readonly number[]): Found {
  const { heap } = grouped;
  const { group, growthCount, cycle } = crowd;
  if (growthCount === 0) return { node: members[0]!, tail: [] }; // it grew in place: it holds the growth itself
  // Paths of a chain's links run through one another: they come together in front of the first link.
  if (cycle) return { node: heap.tree.dominator[group.after.nodes[0]!]!, tail: [group.after.nodes[0]!] };
  const found = convergePaths(tree, members);
  if (!found) return { node: members[0]!, tail: [] };
  if (found.fanOut >= OWN_WAYS) return found;
  // Few ways lead to many objects, so they hold each other: a list. Its owner dominates them; its ends name it.
  const dominator = commonDominator(heap, members);
  const node = dominates(heap, found.node, members) || isRoot(heap, dominator) ? found.node : dominator;
  const end = directMember(grouped, node, group.classIndex);
  return { node, tail: end === undefined ? found.tail : [end] };
}

/** The immediate dominator that most objects of a crowd have. */
function commonDominator({ tree }: Heap, members: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const member of members) {
    const dominator = tree.dominator[member]!;
    counts.set(dominator, (counts.get(dominator) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1])[0]![0];
}

/** An object of the crowd's class that the owner of a list refers to by itself: an end of the list. */
function directMember({ heap, classOf }: GroupedHeap, owner: number, classIndex: number): number | undefined {
  const { first, to } = heap.graph.edges;
  for (let edge = first[owner]!; edge < first[owner + 1]!; edge++) {
    if (heap.essential.has(edge) && classOf(to[edge]!) === classIndex) return to[edge]!;
  }
  return undefined;
}

/** Most objects hang from a holder each by itself; what many reach through few is a shortcut into a chain. */
const OWN_WAYS = 0.5;
/** A node that dominates this share of a crowd holds it, however the paths run. */
const DOMINATED_SHARE = 0.6;

function dominates({ tree }: Heap, ordinal: number, members: readonly number[]): boolean {
  const from = tree.position[ordinal]!;
  const to = from + tree.size[from]!;
  const inside = members.filter((member) => tree.position[member]! > from && tree.position[member]! < to);
  return inside.length >= members.length * DOMINATED_SHARE;
}

function isRoot({ graph }: Heap, ordinal: number): boolean {
  return ordinal === graph.root || graph.nodes.type[ordinal] === graph.nodeType.synthetic;
}

/** One suspect per holder: its largest crowd names the constructor, all its growth counts. */
function mergeByHolder(held: readonly HeldGrowth[]): HeldGrowth[] {
  const byHolder = new Map<string, HeldGrowth>();
  for (const growth of [...held].sort((a, b) => b.growthBytes - a.growthBytes)) {
    const key = holderKey(growth.holder);
    const known = byHolder.get(key);
    const merged = known
      ? {
          ...known,
          growthBytes: known.growthBytes + growth.growthBytes,
          crowds: [...known.crowds, ...growth.crowds],
        }
      : growth;
    byHolder.set(key, merged);
  }
  return [...byHolder.values()];
}

/** Holders at like places are one: the same listeners of each of many emitters. */
function holderKey({ name, label, path }: Holder): string {
  const steps = path.map(
    ({ edge, name: step, constructor: owner }) => `${edge} ${/^\[?\d/.test(step) ? '[]' : step} ${owner}`,
  );
  return [name, label, ...steps].join('\n');
}
