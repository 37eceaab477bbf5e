/** From growth to suspects: what grew, who holds it, where it was allocated. */
import { RetainingTree } from '../../heap/retaining-tree';
import { placeOf } from '../constructors';
import { IdSet } from '../identity';
import type { AllocationStack } from '../stacks';
import type { Holder, Suspect } from '../types';
import { type Accumulation, findAccumulations } from './accumulations';
import { convergePaths } from './convergence';
import { ANY_NAME, type Group, type HeapPair } from './groups';
import { HolderNamer } from './holder';
import { joinSites } from './site-join';

export interface SuspectInputs {
  readonly pair: HeapPair;
  /** Ids name the same objects in both heaps. */
  readonly comparable: boolean;
  readonly stacks: readonly AllocationStack[];
}

/** Suspects that are reported; more would only bury the first. */
const MOST_SUSPECTS = 10;

/** Ranks what the growth consists of. Shares are of all growth, and never sum to more than 1. */
export function findSuspects(inputs: SuspectInputs): Suspect[] {
  const { pair } = inputs;
  const accumulations = findAccumulations(pair).filter(({ group }) => !isInternal(pair, group));
  if (accumulations.length === 0) return [];
  const held = mergeByHolder(findHolders(inputs, accumulations)).sort((a, b) => b.growthBytes - a.growthBytes);
  const totalGrowth = totalOf(pair.after) - totalOf(pair.before);
  const base = Math.max(
    totalGrowth,
    held.reduce((sum, { growthBytes }) => sum + growthBytes, 0),
  );
  const ranked = held.slice(0, MOST_SUSPECTS);
  const sites = joinSites(ranked, inputs.stacks);
  return ranked.map((suspect, index) => ({
    rank: index + 1,
    growthBytes: suspect.growthBytes,
    growthShare: suspect.growthBytes / base,
    growthCount: suspect.growthCount,
    constructor: suspect.constructor,
    holder: suspect.holder,
    allocationSites: sites[index]!,
  }));
}

export interface HeldGrowth {
  readonly holderNode: number;
  readonly holder: Holder;
  readonly constructor: Suspect['constructor'];
  readonly growthBytes: number;
  readonly growthCount: number;
}

const totalOf = ({ heap }: HeapPair['after']) => heap.retained[heap.graph.root]!;

function isInternal({ classes }: HeapPair, { classIndex }: Group): boolean {
  return classIndex < 0 || classes[classIndex]!.isInternal;
}

function findHolders({ pair, comparable }: SuspectInputs, accumulations: readonly Accumulation[]): HeldGrowth[] {
  const { heap } = pair.after;
  const tree = RetainingTree.build(heap);
  const namer = new HolderNamer(pair, tree);
  const idsBefore = comparable ? new IdSet(pair.before.heap) : null;
  const isNew = (ordinal: number) => !idsBefore?.has(heap.graph.nodes.id[ordinal]!);
  return accumulations.map((accumulation) => {
    const { group, growthBytes, growthCount } = accumulation;
    const { classIndex } = preferredGroup(pair, accumulation);
    const { name, function: functionName, location } = pair.classes[classIndex]!;
    const newMembers = group.after.nodes.filter(isNew);
    const members = newMembers.length > 0 ? newMembers : group.after.nodes;
    const found = locateHolder(tree, accumulation, members);
    const holderNode = namer.visibleOwner(found.node);
    return {
      holderNode,
      holder: namer.name(holderNode, found.tail, group.edge === ANY_NAME),
      constructor: { name, function: functionName, location: placeOf(location) },
      growthBytes,
      growthCount,
    };
  });
}

function locateHolder(tree: RetainingTree, { group, growthCount, cycle }: Accumulation, members: readonly number[]) {
  if (growthCount === 0) return { node: members[0]!, tail: [] }; // it grew in place: it holds the growth itself
  if (cycle) {
    // Paths of a chain's links run through one another: they come together in front of the first link.
    const first = group.parent?.after.nodes[0];
    return { node: first ?? members[0]!, tail: [group.after.nodes[0]!] };
  }
  return convergePaths(tree, members) ?? { node: members[0]!, tail: [] };
}

/** Of a chain's link, the object that says most: a class of the program before shapes, functions and scopes. */
function preferredGroup(pair: HeapPair, { group, cycle }: Accumulation): Group {
  if (!cycle) return group;
  const rank = ({ classIndex }: Group) => {
    const { name, isInternal: internal } = pair.classes[classIndex]!;
    if (internal) return 4;
    if (name === 'system / Context') return 3;
    if (name === 'Function' || name === 'Object' || name === 'Array') return 2;
    return name.startsWith('{') || name.startsWith('(') ? 1 : 0;
  };
  return [...cycle].sort((a, b) => rank(a) - rank(b))[0]!;
}

/** One suspect per holder: its largest crowd names the constructor, all its growth counts. */
function mergeByHolder(held: readonly HeldGrowth[]): HeldGrowth[] {
  const byHolder = new Map<number, HeldGrowth>();
  for (const growth of [...held].sort((a, b) => b.growthBytes - a.growthBytes)) {
    const known = byHolder.get(growth.holderNode);
    const merged = known ? { ...known, growthBytes: known.growthBytes + growth.growthBytes } : growth;
    byHolder.set(growth.holderNode, merged);
  }
  return [...byHolder.values()];
}
