/**
 * Two dominator trees side by side, without matching object to object: a group holds the objects of both heaps that
 * stand at the same place, reached from the same parent group by an edge of the same name, and of the same class.
 * That needs no ids, so it works across processes as well.
 */
import { BitVector } from '../../heap/bit-vector';
import type { HeapClass } from '../../heap/classes';
import { dominatorOf } from '../../heap/dominators';
import type { Heap } from '../../heap/heap';
import { NodeKind } from '../../heap/node-kind';
import { type ClassPair, classKey } from '../constructors';
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

export const INDEXED = '[]';
export const INDIRECT = '~';
/** The first two numbers of edge names. */
const INDEXED_EDGE = 0;
const INDIRECT_EDGE = 1;

/** Numbers for edge names. */
class EdgeNumbers {
  readonly names: string[] = [INDEXED, INDIRECT];
  private readonly byName = new Map([
    [INDEXED, INDEXED_EDGE],
    [INDIRECT, INDIRECT_EDGE],
  ]);

  of(name: string): number {
    let number = this.byName.get(name);
    if (number === undefined) {
      number = this.names.push(name) - 1;
      this.byName.set(name, number);
    }
    return number;
  }
}

/** Edges of many names that stand for one collection: a dictionary's keys. */
export const ANY_NAME = '*';

export function growthOf(group: Group): number {
  return group.after.retained - group.before.retained;
}

/** Bytes by which the objects' own sizes, all of a group's, differ. */
export function shallowGrowthOf({ before, after }: HeapPair, group: Group): number {
  return group.after.shallowIn(after.heap) - group.before.shallowIn(before.heap);
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
    return { heap, edgeNames, countOf: (classIndex) => counts.get(classIndex) ?? 0, classOf };
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
  const classCount = pair.classes.length;
  const groups = new Map<number, Group>();
  /** The groups of the edges that have no name, which most of millions hang by: found without a Map. */
  const nameless: (Group | undefined)[] = new Array(2 * classCount).fill(undefined);
  const begin = (key: number, edge: number, classIndex: number): Group => {
    const sides = { before: new Side(), after: new Side() };
    const group: Group = { parent, edge: pair.edgeNumbers.names[edge]!, classIndex, ...sides };
    groups.set(key, group);
    if (key < nameless.length) nameless[key] = group;
    return group;
  };
  const collect = (side: 'before' | 'after') => {
    const { heap, classOf, edgeNames } = pair[side];
    for (const node of parent[side].nodes) {
      edgeNames.eachChild(node, (child, edge) => {
        const classIndex = classOf(child);
        const key = edge * classCount + classIndex;
        const group = (key < nameless.length ? nameless[key] : groups.get(key)) ?? begin(key, edge, classIndex);
        group[side].add(heap, child);
      });
    }
  };
  collect('before');
  collect('after');
  return mergeUnmatchedNames([...groups.values()], parent);
}

/** The children of `parents` that hang by the edge, and are of the class, of `place`. */
export function childrenAt(pair: HeapPair, side: 'before' | 'after', parents: Ordinals, place: Group): number[] {
  const { edgeNames, classOf } = pair[side];
  const wanted = pair.edgeNumbers.of(place.edge);
  const found: number[] = [];
  for (const node of parents) {
    edgeNames.eachChild(node, (child, edge) => {
      if ((edge === wanted || place.edge === ANY_NAME) && classOf(child) === place.classIndex) found.push(child);
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

/** Names the edges from dominators to the nodes they dominate, by numbers common to both heaps of a pair. */
export class EdgeNames {
  /** Children that no edge was found to yet, while their dominator is looked at; no bit outlives that. */
  private readonly unnamed: BitVector;
  private readonly numberByString = new Map<number, number>();
  private readonly numberOf: (edge: number) => number;
  private readonly kind: NodeKind;

  constructor(
    private readonly heap: Heap,
    private readonly numbers: EdgeNumbers,
  ) {
    this.unnamed = new BitVector(heap.graph.nodeCount);
    this.kind = new NodeKind(heap.graph);
    this.numberOf = heap.graph.edges.byLabel((type, edge) => this.findNumber(type, edge));
  }

  /** Calls `take` for each node right below `node` in the dominator tree, with the number of its edge's name. */
  eachChild(node: number, take: (child: number, edge: number) => void): void {
    const { graph, essential, tree } = this.heap;
    const { first, to } = graph.edges;
    const { unnamed } = this;
    const position = tree.position[node]!;
    const end = position + tree.size[position]!;
    if (position + 1 === end) return;
    for (let edge = first[node]!, last = first[node + 1]!; edge < last; edge++) {
      const child = to[edge]!;
      if (unnamed.has(child) || !essential.has(edge) || dominatorOf(tree, child) !== node) continue;
      unnamed.add(child);
      take(child, this.numberOf(edge));
    }
    for (let at = position + 1; at < end; at += tree.size[at]!) {
      const child = tree.at[at]!;
      if (unnamed.has(child)) unnamed.remove(child);
      else take(child, INDIRECT_EDGE);
    }
  }

  /** The name of the edge to a node from its dominator. */
  nameOf(dominator: number, node: number): string {
    let name = INDIRECT;
    this.eachChild(dominator, (child, edge) => {
      if (child === node) name = this.numbers.names[edge]!;
    });
    return name;
  }

  private findNumber(type: number, edge: number): number {
    if (this.kind.isIndexedEdge(type)) return INDEXED_EDGE;
    const string = this.heap.graph.edges.nameOf(edge);
    // Entries of Maps and WeakMaps are numbered or carry ids in their names: they are alike but for those. A property
    // that begins with a digit is a key like any other; V8 writes those that are an array's index as elements.
    const isProperty = type === this.heap.graph.edgeType.property;
    if (!isProperty && isDigit(this.heap.names.firstByte(string))) return INDEXED_EDGE;
    let number = this.numberByString.get(string);
    if (number === undefined) {
      number = this.numbers.of(this.heap.names.get(string));
      this.numberByString.set(string, number);
    }
    return number;
  }
}

const isDigit = (byte: number) => byte >= 48 && byte <= 57;
