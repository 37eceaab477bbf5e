/** Finds the places where the ends of a series differ in another capture of it, and counts what is there. */
import type { ClassTable } from '../../heap/classes';
import type { Heap } from '../../heap/heap';
import { classKey, placeOf, rowKey } from '../constructors';
import { chainSide } from '../suspects/chains';
import type { Crowd } from '../suspects/crowd';
import { ANY_NAME, type CommonClass, type Group, type HeapPair, pairHeaps } from '../suspects/groups';
import type { HeldGrowth } from '../suspects/held-growth';

export interface Measure {
  count: number;
  bytes: number;
}

/** What one capture holds of each class, and at each suspect's places. */
export interface CaptureMeasure {
  readonly nodes: number;
  readonly edges: number;
  readonly totalBytes: number;
  /** By `rowKey`. */
  readonly classes: ReadonlyMap<string, Measure>;
  /** By suspect. */
  readonly places: readonly Measure[];
}

/** Measures an open heap. `commonClasses` number the classes of the groups. */
export function measureCapture(
  heap: Heap,
  table: ClassTable,
  suspects: readonly HeldGrowth[],
  commonClasses: readonly CommonClass[],
): CaptureMeasure {
  const { graph, totalBytes } = heap;
  const finder = new PlaceFinder(pairHeaps(heap, heap, { before: table, after: table }), commonClasses);
  const places = suspects.map(({ crowds }) => {
    const sum: Measure = { count: 0, bytes: 0 };
    for (const crowd of crowds) finder.addCrowd(sum, crowd, crowd.classIndex === crowds[0]!.classIndex);
    return sum;
  });
  return { nodes: graph.nodeCount, edges: graph.edgeCount, totalBytes, classes: sumClasses(table), places };
}

function sumClasses({ classes }: ClassTable): Map<string, Measure> {
  const sums = new Map<string, Measure>();
  for (const row of classes) {
    if (row.count === 0) continue;
    const key = rowKey({ ...row, location: placeOf(row.location) });
    const sum = sums.get(key) ?? { count: 0, bytes: 0 };
    sum.count += row.count;
    sum.bytes += row.retainedSize;
    sums.set(key, sum);
  }
  return sums;
}

class PlaceFinder {
  private readonly byKey: Map<string, number>;
  private readonly byName = new Map<string, Set<number>>();

  constructor(
    private readonly pair: HeapPair,
    private readonly commonClasses: readonly CommonClass[],
  ) {
    this.byKey = new Map(pair.classes.map((row, index) => [classKey(row), index]));
    pair.classes.forEach(({ name }, index) => {
      const same = this.byName.get(name);
      if (same) same.add(index);
      else this.byName.set(name, new Set([index]));
    });
  }

  /** Adds what a crowd's place holds. Of further classes only the bytes count: they come along with the first. */
  addCrowd(sum: Measure, { group, cycle, growthCount }: Crowd, isCounted: boolean): void {
    const { heap } = this.pair.after;
    const nodes = this.membersAt(group);
    const isInPlace = growthCount === 0;
    for (const node of nodes) sum.bytes += isInPlace ? heap.shallowOf(node) : heap.retainedOf(node);
    if (!isCounted) return;
    sum.count += cycle ? this.countLinks(nodes, cycle) : nodes.length;
  }

  private countLinks(first: number[], cycle: readonly Group[]): number {
    const translated = cycle.map((step) => ({ ...step, classIndex: this.translate(step.classIndex) }));
    return chainSide(this.pair, 'after', first, translated).count;
  }

  /** Walks from the root down to a group's place. */
  private membersAt(group: Group): number[] {
    const steps: Group[] = [];
    for (let at: Group | null = group; at?.parent; at = at.parent) steps.push(at);
    let nodes = [this.pair.after.heap.graph.root as number];
    for (const step of steps.reverse()) nodes = this.childrenAt(nodes, step, step === group);
    return nodes;
  }

  private childrenAt(parents: readonly number[], step: Group, isLast: boolean): number[] {
    const { edgeNames, classOf } = this.pair.after;
    const anyName = step.edge === ANY_NAME;
    // Classes that are made per call have one name and many sites: at a gathered place the name decides.
    const names = step.classNames ?? [this.commonClasses[step.classIndex]!.name];
    const classes =
      anyName && isLast
        ? new Set([...names].flatMap((name) => [...(this.byName.get(name) ?? [])]))
        : new Set([this.translate(step.classIndex)]);
    const wanted = this.pair.edgeNumbers.ofText(step.edge);
    const found: number[] = [];
    for (const parent of parents) {
      edgeNames.children.each(parent, (child, edge) => {
        const isThere = anyName || edgeNames.findNumber(edge) === wanted;
        if (isThere && classes.has(classOf(child))) found.push(child);
      });
    }
    return found;
  }

  private translate(classIndex: number): number {
    return this.byKey.get(classKey(this.commonClasses[classIndex]!)) ?? -1;
  }
}
