/** From growth to suspects: what grew, who holds it, where it was allocated. */
import { RetainingTree } from '../../heap/retaining-tree';
import { placeOf } from '../constructors';
import { createOutsideMeter } from '../off-heap';
import type { AllocationStack } from '../stacks';
import { turnsOver } from '../turnover';
import type { Suspect } from '../types';
import { findAccumulations } from './accumulations';
import { foldContainers } from './containers';
import { type Crowd, nameCrowd } from './crowd';
import { type Group, type HeapPair, rootGroup } from './groups';
import { type HeldGrowth, mergeByHolder } from './held-growth';
import { HolderNamer } from './holder';
import { locateHolder } from './locate-holder';
import { createWrapperFinder } from './native-objects';
import { selectNodes } from './side';
import { joinStacks, sumSites } from './site-join';

interface GrowthInputs {
  readonly pair: HeapPair;
  /** What grew: see `findCrowds`. */
  readonly crowds: readonly Crowd[];
  /** Ids name the same objects in both heaps. */
  readonly comparable: boolean;
}

export interface SuspectInputs extends GrowthInputs {
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
  /** Of the growth of each, bytes outside of V8's heap. */
  readonly outside: readonly number[];
  /** Of each, whether its objects come and go. */
  readonly turning: readonly boolean[];
  /** Of each, how many more objects of its class there are in all of the heap. */
  readonly moreOfClass: readonly number[];
  /** Of each, bytes of its allocation stacks. */
  readonly made: readonly number[];
}

const NOTHING = { suspects: [], growth: [], stacks: [], outside: [], turning: [], moreOfClass: [], made: [] };

/** Ranks what the growth consists of. Shares are of all growth, and never sum to more than 1. */
export function traceSuspects(inputs: SuspectInputs): TracedSuspects {
  const { pair } = inputs;
  const held = findHeldGrowth(inputs);
  if (held.length === 0) return NOTHING;
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
    ...countClasses(suspect),
    holder: suspect.holder,
    allocationSites: sumSites(stacks[index]!, suspect.growthBytes),
  }));
  const outside = ranked.map(createOutsideMeter(pair));
  const turning = ranked.map((growth, index) => turnsOver(growth, stacks[index]!));
  const moreOfClass = ranked.map(({ crowds }) => countMore(pair, crowds[0]!.classIndex));
  const made = stacks.map((own) => own.reduce((sum, { bytes }) => sum + bytes, 0));
  return { suspects, growth: ranked, stacks, outside, turning, moreOfClass, made };
}

/** Of what there are several classes, how many: the constructor is that of the most. */
function countClasses({ crowds }: HeldGrowth): Pick<Suspect, 'classCount'> {
  const names = crowds[0]?.group.classNames;
  return names ? { classCount: names.size } : {};
}

/** The same with one of them, by its place in the lists, ranked before all others. */
export function moveToFirst(traced: TracedSuspects, at: number): TracedSuspects {
  const move = <T>(list: readonly T[]) => [...list.slice(at, at + 1), ...list.slice(0, at), ...list.slice(at + 1)];
  return {
    suspects: move(traced.suspects).map((suspect, index) => ({ ...suspect, rank: index + 1 })),
    growth: move(traced.growth),
    stacks: move(traced.stacks),
    outside: move(traced.outside),
    turning: move(traced.turning),
    moreOfClass: move(traced.moreOfClass),
    made: move(traced.made),
  };
}

/** What grew below `root`, by place. */
export function findCrowds(pair: HeapPair, root: Group = rootGroup(pair)): Crowd[] {
  const crowds = findAccumulations(pair, root).flatMap((accumulation) => nameCrowd(pair, accumulation) ?? []);
  return foldContainers(pair, crowds);
}

/** What grew, by holder, largest first. */
export function findHeldGrowth(inputs: GrowthInputs): HeldGrowth[] {
  if (inputs.crowds.length === 0) return [];
  return mergeByHolder(findHolders(inputs)).sort((a, b) => b.growthBytes - a.growthBytes);
}

const countMore = ({ before, after }: HeapPair, classIndex: number) =>
  after.countOf(classIndex) - before.countOf(classIndex);

const totalOf = ({ heap }: HeapPair['after']) => heap.retainedOf(heap.graph.root);

function findHolders({ pair, crowds, comparable }: GrowthInputs): HeldGrowth[] {
  const { heap } = pair.after;
  const tree = new RetainingTree(heap);
  const namer = new HolderNamer(pair, tree);
  const wrappersOf = createWrapperFinder(heap);
  const idsBefore = comparable ? pair.before.heap.ids : null;
  const isNew = (ordinal: number) => !idsBefore?.has(heap.graph.nodes.id[ordinal]!);
  return crowds.map((crowd) => {
    const { group, growthBytes, growthCount, classIndex } = crowd;
    const { name, function: functionName, location } = pair.classes[classIndex]!;
    const newMembers = selectNodes(group.after.nodes, isNew);
    const members = wrappersOf(newMembers.length > 0 ? newMembers : group.after.nodes);
    const found = locateHolder(pair.after, tree, crowd, members);
    const holderNode = growthCount === 0 ? namer.paths.namedOwner(found.node) : namer.paths.visibleOwner(found.node);
    return {
      holder: namer.name(holderNode, found.tail, members),
      constructor: { name, function: functionName, location: placeOf(location) },
      growthBytes,
      growthCount,
      crowds: [crowd],
    };
  });
}
