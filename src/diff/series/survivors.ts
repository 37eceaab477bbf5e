/** Which capture saw the objects of the last one first: by ids, so only where these are comparable. */
import type { ClassTable } from '../../heap/classes';
import type { Heap } from '../../heap/heap';
import { placeOf, rowKey } from '../constructors';
import { compareIdentity } from '../identity';
import type { Crowd } from '../suspects/crowd';
import type { StepTrend } from './series-types';

/** Of what came, so much at the least: a few of any kind are replaced. */
const STAYED_SHARE = 0.9;

export class Survivors {
  /** By ordinal of the last heap: number of the capture that saw it first. */
  private readonly seenFirst: Uint16Array;
  private isComparable = true;

  /** `captures`: how many there are; every node counts as new in the last until an earlier one has it. */
  constructor(
    private readonly last: Heap,
    private readonly captures: number,
  ) {
    this.seenFirst = new Uint16Array(last.graph.nodeCount).fill(captures - 1);
  }

  /** Notes what capture number `index` has already. Call in the order of the captures. */
  note(heap: Heap, index: number): void {
    if (!this.isComparable) return;
    if (!compareIdentity(heap, this.last).comparable) {
      this.isComparable = false;
      return;
    }
    const ids = heap.ids;
    const { id } = this.last.graph.nodes;
    for (let ordinal = 0; ordinal < id.length; ordinal++) {
      if (this.seenFirst[ordinal]! > index && ids.has(id[ordinal]!)) this.seenFirst[ordinal] = index;
    }
  }

  /** Counts per class, by `rowKey`; null when ids of some capture are not comparable. */
  countByClass({ classes, classOf }: ClassTable): Map<string, number[]> | null {
    if (!this.isComparable) return null;
    const byIndex = classes.map(() => new Array<number>(this.captures).fill(0));
    const { sizes } = this.last.graph.nodes;
    for (let ordinal = 0; ordinal < classOf.length; ordinal++) {
      if (sizes.near[ordinal] !== 0) byIndex[classOf[ordinal]!]![this.seenFirst[ordinal]!]!++;
    }
    const counts = new Map<string, number[]>();
    classes.forEach((row, index) => {
      const key = rowKey({ ...row, location: placeOf(row.location) });
      const known = counts.get(key);
      counts.set(key, known ? known.map((count, at) => count + byIndex[index]![at]!) : byIndex[index]!);
    });
    return counts;
  }

  /** The same for the members of a suspect. */
  countMembers(crowds: readonly Crowd[]): number[] | null {
    if (!this.isComparable) return null;
    const counts = new Array<number>(this.captures).fill(0);
    const { classIndex } = crowds[0]!;
    for (const crowd of crowds) {
      if (crowd.classIndex !== classIndex) continue;
      for (const node of crowd.group.after.nodes) counts[this.seenFirst[node]!]!++;
    }
    return counts;
  }
}

/** Whether what came in the first step is still there at the end; false where ids do not tell. */
export function haveStayed({ survivors, counts }: Pick<StepTrend, 'survivors' | 'counts'>): boolean {
  const came = counts[1]! - counts[0]!;
  return survivors !== null && came > 0 && survivors[1]! >= came * STAYED_SHARE;
}
