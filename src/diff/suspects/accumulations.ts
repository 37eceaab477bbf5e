/**
 * Follows the growth down two dominator trees until it spreads into many new objects: there is an accumulation. The
 * trees partition the heap, so what is found here never counts a byte twice.
 */
import { CONTEXT_NAME } from '../../heap/functions';
import { chainSide, cycleBetween } from './chains';
import {
  ANY_NAME,
  childGroups,
  type Group,
  type GroupedHeap,
  growthOf,
  type HeapPair,
  INDEXED,
  INDIRECT,
  mergeInto,
  rootGroup,
} from './groups';
import { MaskedPlaces } from './masked';
import { Departures, withMoved } from './moved';
import type { Side } from './side';

export interface Accumulation {
  /** The objects that are more than before: members of `group.after`, not all of them new. */
  readonly group: Group;
  readonly growthBytes: number;
  /** How many more there are; 0 when objects that were there before grew in place. */
  readonly growthCount: number;
  /** The members hold one another, one behind the other (a list, scopes in scopes): the groups from link to link. */
  readonly cycle: readonly Group[] | null;
}

/** So many more objects at one place are a crowd, not a few odd ones. */
const CROWD = 8;
/** Growth below this is not worth a line in a report, whatever its share. */
const SMALLEST_BYTES = 16 * 1024;
const SMALLEST_SHARE = 0.02;
/** A member that retains more of a crowd than this is the one to look into. */
const LARGEST_SHARE = 0.25;
/** A place deeper than this repeats itself in a way that chain detection did not see. */
const DEEPEST = 400;

/**
 * Finds the places that growth ends in, in no particular order. With a `root` whose before side is empty, all of the
 * heap counts as growth: what is found is what it holds.
 */
export function findAccumulations(pair: HeapPair, root: Group = rootGroup(pair)): Accumulation[] {
  const smallest = Math.max(SMALLEST_BYTES, growthOf(root) * SMALLEST_SHARE);
  return new GrowthWalk(pair, smallest, root.before.count === 0).walk(root);
}

class GrowthWalk {
  private readonly found: Accumulation[] = [];
  /** First links of chains that are as long as before. */
  private readonly steadyChains = new Set<Group>();
  private readonly departures: Departures;
  private readonly masked: MaskedPlaces;

  constructor(
    private readonly pair: HeapPair,
    private readonly smallest: number,
    /** There is no heap before: everything is new. */
    private readonly isAllNew: boolean,
  ) {
    this.departures = new Departures(pair.before.heap);
    this.masked = new MaskedPlaces(pair, smallest);
  }

  walk(root: Group): Accumulation[] {
    const open = [{ group: root, depth: 0 }];
    for (let item = open.pop(); item; item = open.pop()) {
      const { group, depth } = item;
      for (const next of this.step(group)) if (depth < DEEPEST) open.push({ group: next, depth: depth + 1 });
    }
    return this.found;
  }

  /** Notes what spreads right below `group`; returns the groups to go on with. */
  private step(group: Group): Group[] {
    const growing: Group[] = [];
    const rest: Group[] = [];
    const children = childGroups(this.pair, group).map((child) => (this.grew(child) ? this.knownBefore(child) : child));
    const gathered = this.gatherMixed(group, this.gatherKeys(group, children));
    for (const child of gathered) (this.grew(child) ? growing : rest).push(child);
    const goOn: Group[] = [];
    const small: Group[] = [];
    for (const child of rest) (this.hidesGrowth(child) ? goOn : small).push(child);
    // Many kinds of objects may grow a little each: classes made per call, functions that are generated.
    growing.push(...this.gatherKin(small));
    this.noteOwnGrowth(group);
    for (const child of growing) {
      if (this.spreads(child)) this.note(child, growthOf(child));
      else if (!this.noteChain(child)) goOn.push(child);
    }
    return goOn;
  }

  private hidesGrowth(group: Group): boolean {
    return growthOf(group) + this.departures.from(group) >= this.smallest || this.masked.mayHideIn(group);
  }

  private grew(group: Group): boolean {
    return growthOf(group) >= this.smallest;
  }

  /** The group with those of its members that stood elsewhere before. */
  private knownBefore(group: Group): Group {
    if (this.isAllNew) return group;
    const known = withMoved(this.pair, group);
    if (known !== group) this.departures.note(known.before);
    return known;
  }

  /** Growth that comes with new objects rather than with larger ones. */
  private spreads({ before, after }: Group): boolean {
    const more = after.count - before.count;
    if (more < CROWD || !this.isEven(before, after)) return false;
    if (this.isAllNew) return true;
    const meanAfter = after.retained / after.count;
    const meanBefore = before.count === 0 ? meanAfter : before.retained / before.count;
    return more * Math.min(meanBefore, meanAfter) >= 0.5 * (after.retained - before.retained);
  }

  /**
   * No member has most of the growth. Where everything is new, so is what a program starts with: of a score of modules,
   * one holds the accumulation. Members are compared by their rank in size, as nothing tells which is which.
   */
  private isEven(before: Side, after: Side): boolean {
    const most = (this.isAllNew ? LARGEST_SHARE : 0.5) * (after.retained - before.retained);
    const sizes = this.pair.after.heap.retained;
    if (after.nodes.every((node) => sizes[node]! <= most)) return true;
    const were = rankSizes(this.pair.before, before);
    return rankSizes(this.pair.after, after).every((bytes, rank) => bytes - (were[rank] ?? 0) <= most);
  }

  /** A buffer, an array's store or a string that is larger than before, or a few new ones. */
  private noteOwnGrowth(group: Group): void {
    const own = group.after.shallow - group.before.shallow;
    if (group.parent && own >= this.smallest) this.note(group, own);
  }

  /**
   * Makes one group of keys of a dictionary that all have grown: lists per customer, per day, per topic. What came lies
   * below each of them, and no single one tells.
   */
  private gatherKeys(parent: Group, children: readonly Group[]): Group[] {
    const { classes } = this.pair;
    if (classes[parent.classIndex]?.name === CONTEXT_NAME) return [...children]; // variables are no keys
    const isKey = (child: Group) => isNamed(child) && !classes[child.classIndex]!.isInternal && growthOf(child) > 0;
    const gathered = new Set<Group>();
    const sums: Group[] = [];
    for (const keys of groupBy(children.filter(isKey), ({ classIndex }) => classIndex).values()) {
      const growth = keys.map(growthOf);
      const total = growth.reduce((sum, bytes) => sum + bytes, 0);
      if (keys.length < CROWD || total < this.smallest || growth.some((bytes) => bytes > total / 2)) continue;
      for (const key of keys) gathered.add(key);
      sums.push(sumOf(keys));
    }
    return [...children.filter((child) => !gathered.has(child)), ...sums];
  }

  /**
   * Makes one group of the entries of a collection that are of many classes: events, nodes of a syntax tree, parsed
   * messages. No class tells how many came, and each may be too small to be seen.
   */
  private gatherMixed(parent: Group, children: readonly Group[]): Group[] {
    const { classes } = this.pair;
    if (this.isAllNew || this.isRoot(parent)) return [...children];
    const entries = children.filter((child) => this.areObjects(child) && growthOf(child) > 0);
    const byName = groupBy(entries, ({ classIndex }) => classes[classIndex]!.name);
    const growth = (groups: readonly Group[]) => groups.reduce((sum, group) => sum + growthOf(group), 0);
    const largestFirst = [...byName.values()].sort((a, b) => growth(b) - growth(a));
    const total = growth(entries);
    if (total < this.smallest || growth(largestFirst[0]!) >= total / 2) return [...children];
    const mixed = { ...sumOf(largestFirst.flat()), classNames: new Set(byName.keys()) };
    return this.spreads(mixed) ? [...children.filter((child) => !entries.includes(child)), mixed] : [...children];
  }

  /** Entries of a collection that are objects: a Map's keys that are strings are none. */
  private areObjects({ edge, after }: Group): boolean {
    const { nodes, nodeType } = this.pair.after.heap.graph;
    if ((edge !== INDEXED && edge !== ANY_NAME) || after.count === 0) return false;
    const type = nodes.type[after.nodes[0]!];
    return type === nodeType.object || type === nodeType.closure;
  }

  /** What V8's roots hold has nothing in common but that. */
  private isRoot({ parent, after }: Group): boolean {
    const { nodes, nodeType } = this.pair.after.heap.graph;
    return parent === null || after.count === 0 || nodes.type[after.nodes[0]!] === nodeType.synthetic;
  }

  /** Sums small groups of one class name, whatever their edges and definition sites. */
  private gatherKin(groups: Group[]): Group[] {
    const { classes } = this.pair;
    // The sum is called by the first: by those of which most came.
    const mostFirst = [...groups].sort((a, b) => countGrowth(b) - countGrowth(a) || growthOf(b) - growthOf(a));
    const byName = groupBy(mostFirst, ({ classIndex }) => classes[classIndex]!.name);
    return [...byName.values()].map(sumOf).filter((group) => this.grew(group) && countGrowth(group) >= CROWD);
  }

  /** Notes a chain when `link` repeats a group above it and there are many more links than before. */
  private noteChain(link: Group): boolean {
    const first = repeatedAncestor(link);
    if (!first || this.steadyChains.has(first)) return false;
    const cycle = cycleBetween(first, link);
    const side = (name: 'before' | 'after') => {
      const links = chainSide(this.pair, name, first[name].nodes, cycle);
      // Every link retains those behind it: the chain as a whole retains what its first links do.
      links.retained = first[name].retained;
      return links;
    };
    const chain: Group = { ...first, before: side('before'), after: side('after') };
    if (countGrowth(chain) < CROWD) {
      this.steadyChains.add(first);
      return false;
    }
    // What hangs from the first link beside the second is followed by itself: only the second's growth is the chain's.
    this.note(chain, growthOf(link), cycle);
    return true;
  }

  private note(group: Group, growthBytes: number, cycle: readonly Group[] | null = null): void {
    this.found.push({ group, growthBytes, growthCount: countGrowth(group), cycle });
  }
}

function groupBy<Key>(groups: readonly Group[], keyOf: (group: Group) => Key): Map<Key, Group[]> {
  const byKey = new Map<Key, Group[]>();
  for (const group of groups) {
    const key = keyOf(group);
    const known = byKey.get(key);
    if (known) known.push(group);
    else byKey.set(key, [group]);
  }
  return byKey;
}

/** Makes one of groups of one parent, whatever their edges. */
function sumOf([first, ...others]: readonly Group[]): Group {
  const sum = { ...first!, edge: ANY_NAME };
  for (const group of others) mergeInto(sum, group);
  return sum;
}

/** Retained sizes of the members, largest first. */
function rankSizes({ heap }: GroupedHeap, { nodes }: Side): Float64Array {
  return Float64Array.from(nodes, (node) => heap.retained[node]!)
    .sort()
    .reverse();
}

const isNamed = ({ edge }: Group) => edge !== INDEXED && edge !== INDIRECT && edge !== ANY_NAME;

function countGrowth({ before, after }: Group): number {
  return Math.max(0, after.count - before.count);
}

/** The nearest group above that hangs by the same edge, of the same class, from the same class of parent. */
function repeatedAncestor(link: Group): Group | null {
  for (let at = link.parent; at?.parent; at = at.parent) {
    const isSame = at.edge === link.edge && at.classIndex === link.classIndex;
    if (isSame && at.parent.classIndex === link.parent!.classIndex) return at;
  }
  return null;
}
