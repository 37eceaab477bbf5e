/**
 * Follows the growth down two dominator trees until it spreads into many new objects: there is an accumulation. The
 * trees partition the heap, so what is found here never counts a byte twice.
 */
import { chainSide, cycleBetween } from './chains';
import { gatherKeys, gatherKin, gatherMixed } from './gather';
import {
  CROWD,
  childGroups,
  countGrowth,
  type Group,
  type GroupedHeap,
  growthOf,
  type HeapPair,
  rootGroup,
  shallowGrowthOf,
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
    for (const child of this.gather(group, children)) (this.grew(child) ? growing : rest).push(child);
    const goOn: Group[] = [];
    const small: Group[] = [];
    for (const child of rest) (this.hidesGrowth(child) ? goOn : small).push(child);
    // Many kinds of objects may grow a little each: classes made per call, functions that are generated.
    growing.push(...gatherKin(this.pair, small, this.smallest));
    this.noteOwnGrowth(group);
    for (const child of growing) {
      if (this.spreads(child)) this.note(child, growthOf(child));
      else if (!this.noteChain(child)) goOn.push(child);
    }
    return goOn;
  }

  /** The children with those made one that only together tell something. */
  private gather(parent: Group, children: readonly Group[]): readonly Group[] {
    const byKeys = gatherKeys(this.pair, parent, children, this.smallest);
    if (this.isAllNew) return byKeys;
    const { smallest } = this;
    return gatherMixed(this.pair, parent, byKeys, { smallest, spreads: (mixed) => this.spreads(mixed) });
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
    if (after.largest <= most) return true;
    const were = rankSizes(this.pair.before, before);
    return rankSizes(this.pair.after, after).every((bytes, rank) => bytes - (were[rank] ?? 0) <= most);
  }

  /** A buffer, an array's store or a string that is larger than before, or a few new ones. */
  private noteOwnGrowth(group: Group): void {
    if (!group.parent) return;
    const own = shallowGrowthOf(group);
    if (own >= this.smallest) this.note(group, own);
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

/** Retained sizes of the members, largest first. */
function rankSizes({ heap }: GroupedHeap, { nodes }: Side): Float64Array {
  return Float64Array.from(nodes, (node) => heap.retainedOf(node))
    .sort()
    .reverse();
}

/** The nearest group above that hangs by the same edge, of the same class, from the same class of parent. */
function repeatedAncestor(link: Group): Group | null {
  for (let at = link.parent; at?.parent; at = at.parent) {
    const isSame = at.edge === link.edge && at.classIndex === link.classIndex;
    if (isSame && at.parent.classIndex === link.parent!.classIndex) return at;
  }
  return null;
}
