/**
 * Two dominator trees side by side, without matching object to object: a group holds the objects of both heaps that
 * stand at the same place, reached from the same parent group by an edge of the same name, and of the same class.
 * That needs no ids, so it works across processes as well.
 */
import type { ChildGroup, ChildKeys } from '../../heap/children';
import type { HeapClass } from '../../heap/classes';
import type { Heap } from '../../heap/heap';
import { type ClassPair, classKey } from '../constructors';
import { EdgeNames, EdgeNumbers, INDEXED, INDIRECT, UNKNOWN } from './edge-names';
import { nameNativeRoots } from './native-objects';
import { type Ordinals, Side } from './side';

/** One heap with what grouping asks of it. */
export interface GroupedHeap {
  readonly heap: Heap;
  /** Class of each node, in a numbering common to both heaps. */
  readonly classOf: (ordinal: number) => number;
  /** Objects of a class in all of the heap; those without a size of their own are not counted. */
  readonly countOf: (classIndex: number) => number;
  readonly edgeNames: EdgeNames;
  /** As `Children.eachGroup`, with classes in the common numbering. */
  readonly eachChildGroup: (nodes: Uint32Array, keyOf: ChildKeys['keyOf'], take: (group: ChildGroup) => void) => void;
}

export interface HeapPair {
  readonly before: GroupedHeap;
  readonly after: GroupedHeap;
  readonly classes: readonly CommonClass[];
  readonly edgeNumbers: EdgeNumbers;
}

/** A class of either heap. */
export type CommonClass = Pick<HeapClass, 'name' | 'function' | 'location' | 'isInternal'>;

export interface Group {
  readonly parent: Group | null;
  /** How members hang from their parents: an edge name, `[]` for an index, `~` when no single edge leads there. */
  readonly edge: string;
  readonly classIndex: number;
  /** Of entries of many classes in one collection, the names of their classes; `classIndex` is of those that grew most. */
  readonly classNames?: ReadonlySet<string>;
  readonly before: Side;
  readonly after: Side;
}

/** Edges of many names that stand for one collection: a dictionary's keys. */
export const ANY_NAME = '*';

export function growthOf(group: Group): number {
  return group.after.retained - group.before.retained;
}

/** Bytes by which the objects' own sizes, all of a group's, differ. */
export function shallowGrowthOf({ before, after }: Group): number {
  return after.shallow - before.shallow;
}

/** So many more objects at one place are a crowd, not a few odd ones. */
export const CROWD = 8;

/** How many more objects there are. */
export function countGrowth({ before, after }: Group): number {
  return Math.max(0, after.count - before.count);
}

/** Numbers the classes of both heaps alike. */
export function pairHeaps(before: Heap, after: Heap, classes: ClassPair): HeapPair {
  const common: CommonClass[] = [];
  const edgeNumbers = new EdgeNumbers();
  const byKey = new Map<string, number>();
  const number = (entry: CommonClass) => {
    const key = classKey(entry);
    let index = byKey.get(key);
    if (index === undefined) {
      index = common.push(entry) - 1;
      byKey.set(key, index);
    }
    return index;
  };
  const group = (heap: Heap, table: ClassPair['before']): GroupedHeap => {
    const numbers = table.classes.map(number);
    const edgeNames = new EdgeNames(heap, edgeNumbers);
    const counts = new Map<number, number>();
    const add = (classIndex: number, count: number) => counts.set(classIndex, (counts.get(classIndex) ?? 0) + count);
    table.classes.forEach(({ count }, index) => {
      add(numbers[index]!, count);
    });
    const own = new Map<number, number>();
    for (const [ordinal, name] of nameNativeRoots(heap)) {
      const classIndex = number({ name, function: null, location: null, isInternal: false });
      add(numbers[table.classOf[ordinal]!]!, -1);
      add(classIndex, 1);
      own.set(ordinal, classIndex);
    }
    const roots = table.classOf[heap.graph.root];
    const classOf = (ordinal: number) => {
      const index = table.classOf[ordinal]!;
      return (index === roots ? own.get(ordinal) : undefined) ?? numbers[index]!;
    };
    const eachChildGroup: GroupedHeap['eachChildGroup'] = (nodes, keyOf, take) => {
      edgeNames.children.eachGroup(nodes, { keyOf, classOf: table.classOf }, (found) => {
        if (found.classIndex !== roots) return take({ ...found, classIndex: numbers[found.classIndex]! });
        for (const node of found.nodes) {
          const one = new Side();
          one.add(heap, node);
          take({ ...found, classIndex: classOf(node), nodes: one.nodes, sizes: one });
        }
      });
    };
    return { heap, edgeNames, countOf: (classIndex) => counts.get(classIndex) ?? 0, classOf, eachChildGroup };
  };
  return { before: group(before, classes.before), after: group(after, classes.after), classes: common, edgeNumbers };
}

/** The group of the two roots. */
export function rootGroup({ before, after }: HeapPair): Group {
  const side = ({ heap }: GroupedHeap): Side => {
    const root = new Side();
    root.add(heap, heap.graph.root);
    return root;
  };
  return { parent: null, edge: '', classIndex: -1, before: side(before), after: side(after) };
}

/** The groups right below one group in the two dominator trees. */
export function childGroups(pair: HeapPair, parent: Group): Group[] {
  const { before, after, edgeNumbers } = pair;
  const classCount = pair.classes.length;
  const groups = new Map<number, Group>();
  const [mostBefore, mostAfter] = [mostAlike(before, parent.before), mostAlike(after, parent.after)];
  const begin = (edge: string, classIndex: number): Group => {
    const sides = { before: new Side(mostBefore), after: new Side(mostAfter) };
    return { parent, edge, classIndex, ...sides };
  };
  const groupOf = (edge: number, classIndex: number): Group => {
    const key = edge * classCount + classIndex;
    const group = groups.get(key) ?? begin(edgeNumbers.textOf(edge), classIndex);
    groups.set(key, group);
    return group;
  };
  const numberOf = (edge: number) => before.edgeNames.numberOf(edge);
  before.eachChildGroup(parent.before.nodes, numberOf, ({ key, classIndex, nodes, sizes }) => {
    groupOf(key, classIndex).before.addNodes(nodes, sizes);
  });
  /** By class: what hangs by names that no group has, a dictionary's new keys. */
  const unmatched = new Map<number, Group>();
  const findNumber = (edge: number) => after.edgeNames.findNumber(edge);
  after.eachChildGroup(parent.after.nodes, findNumber, ({ key, edge, classIndex, nodes, sizes }) => {
    let group = key === UNKNOWN ? unmatched.get(classIndex) : groupOf(key, classIndex);
    if (!group) {
      group = begin(after.edgeNames.spell(edge), classIndex);
      unmatched.set(classIndex, group);
    }
    group.after.addNodes(nodes, sizes);
  });
  return mergeUnmatchedNames([...groups.values(), ...unmatched.values()], parent);
}

/** How many children that are alike a group may have: of many objects each has one most often, a single one is a table. */
function mostAlike({ heap }: GroupedHeap, { count, nodes }: Side): number {
  return count === 1 ? heap.graph.edges.countOf(nodes[0]!) : count;
}

/** The children of `parents` that hang by the edge, and are of the class, of `place`. */
export function childrenAt(pair: HeapPair, side: 'before' | 'after', parents: Ordinals, place: Group): number[] {
  const { edgeNames, classOf } = pair[side];
  const wanted = pair.edgeNumbers.ofText(place.edge);
  const found: number[] = [];
  for (const node of parents) {
    edgeNames.children.each(node, (child, edge) => {
      const isThere = place.edge === ANY_NAME || edgeNames.findNumber(edge) === wanted;
      if (isThere && classOf(child) === place.classIndex) found.push(child);
    });
  }
  return found;
}

export function mergeInto(target: Group, group: Group): void {
  target.before.addAll(group.before);
  target.after.addAll(group.after);
}

/**
 * A name that only one side has is a key, not a field: objects under such names form one group per class. So a
 * dictionary's new entries are counted as members, while `config.limits` stays what it is.
 */
function mergeUnmatchedNames(groups: Group[], parent: Group): Group[] {
  const kept: Group[] = [];
  const merged = new Map<number, Group>();
  for (const group of groups) {
    const isMatched = group.before.count > 0 && group.after.count > 0;
    if (isMatched || group.edge === INDEXED || group.edge === INDIRECT) {
      kept.push(group);
      continue;
    }
    const target = merged.get(group.classIndex);
    if (target) mergeInto(target, group);
    else merged.set(group.classIndex, { ...group, parent });
  }
  for (const group of merged.values()) {
    const count = group.before.count + group.after.count;
    kept.push(count > 1 ? { ...group, edge: ANY_NAME } : group);
  }
  return kept;
}
