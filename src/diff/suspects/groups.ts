/**
 * Two dominator trees side by side, without matching object to object: a group holds the objects of both heaps that
 * stand at the same place, reached from the same parent group by an edge of the same name, and of the same class.
 * That needs no ids, so it works across processes as well.
 */
import type { HeapClass } from '../../heap/classes';
import type { Heap } from '../../heap/heap';
import { NodeKind } from '../../heap/node-kind';
import { type ClassPair, classKey } from '../constructors';

/** One heap with what grouping asks of it. */
export interface GroupedHeap {
  readonly heap: Heap;
  /** Class of each node, in a numbering common to both heaps. */
  readonly classOf: (ordinal: number) => number;
}

export interface HeapPair {
  readonly before: GroupedHeap;
  readonly after: GroupedHeap;
  readonly classes: readonly CommonClass[];
}

/** A class of either heap. */
export type CommonClass = Pick<HeapClass, 'name' | 'function' | 'location' | 'isInternal'>;

/** Objects of one side, with sums over them. */
export interface Side {
  readonly nodes: number[];
  retained: number;
  shallow: number;
}

export interface Group {
  readonly parent: Group | null;
  /** How members hang from their parents: an edge name, `[]` for an index, `~` when no single edge leads there. */
  readonly edge: string;
  readonly classIndex: number;
  readonly before: Side;
  readonly after: Side;
}

export const INDEXED = '[]';
export const INDIRECT = '~';
/** Edges of many names that stand for one collection: a dictionary's keys. */
export const ANY_NAME = '*';

export function growthOf(group: Group): number {
  return group.after.retained - group.before.retained;
}

export function emptySide(): Side {
  return { nodes: [], retained: 0, shallow: 0 };
}

/** Numbers the classes of both heaps alike. */
export function pairHeaps(before: Heap, after: Heap, classes: ClassPair): HeapPair {
  const common: CommonClass[] = [];
  const byKey = new Map<string, number>();
  const number = (table: ClassPair['before']) =>
    table.classes.map((entry) => {
      const key = classKey(entry);
      let index = byKey.get(key);
      if (index === undefined) {
        index = common.push(entry) - 1;
        byKey.set(key, index);
      }
      return index;
    });
  const group = (heap: Heap, table: ClassPair['before']): GroupedHeap => {
    const numbers = number(table);
    return { heap, classOf: (ordinal) => numbers[table.classOf[ordinal]!]! };
  };
  return { before: group(before, classes.before), after: group(after, classes.after), classes: common };
}

/** The group of the two roots. */
export function rootGroup({ before, after }: HeapPair): Group {
  const side = ({ heap }: GroupedHeap): Side => ({
    nodes: [heap.graph.root],
    retained: heap.retained[heap.graph.root]!,
    shallow: 0,
  });
  return { parent: null, edge: '', classIndex: -1, before: side(before), after: side(after) };
}

/** The groups right below one group in the two dominator trees. */
export function childGroups(pair: HeapPair, parent: Group): Group[] {
  const groups = new Map<string, Group>();
  const collect = (side: 'before' | 'after') => {
    const { heap, classOf } = pair[side];
    const edgeNames = new EdgeNames(heap);
    for (const node of parent[side].nodes) {
      edgeNames.eachChild(node, (child, edge) => {
        const classIndex = classOf(child);
        const key = `${classIndex} ${edge}`;
        let group = groups.get(key);
        if (!group) {
          group = { parent, edge, classIndex, before: emptySide(), after: emptySide() };
          groups.set(key, group);
        }
        addTo(group[side], heap, child);
      });
    }
  };
  collect('before');
  collect('after');
  return mergeUnmatchedNames([...groups.values()], parent);
}

/** The children of `parents` that hang by the edge, and are of the class, of `place`. */
export function childrenAt(grouped: GroupedHeap, parents: readonly number[], place: Group): number[] {
  const edgeNames = new EdgeNames(grouped.heap);
  const found: number[] = [];
  for (const node of parents) {
    edgeNames.eachChild(node, (child, edge) => {
      if ((edge === place.edge || place.edge === ANY_NAME) && grouped.classOf(child) === place.classIndex)
        found.push(child);
    });
  }
  return found;
}

export function addTo(side: Side, heap: Heap, node: number): void {
  side.nodes.push(node);
  side.retained += heap.retained[node]!;
  side.shallow += heap.graph.nodes.selfSize[node]!;
}

export function mergeInto(target: Group, group: Group): void {
  for (const side of ['before', 'after'] as const) {
    for (const node of group[side].nodes) target[side].nodes.push(node);
    target[side].retained += group[side].retained;
    target[side].shallow += group[side].shallow;
  }
}

/**
 * A name that only one side has is a key, not a field: objects under such names form one group per class. So a
 * dictionary's new entries are counted as members, while `config.limits` stays what it is.
 */
function mergeUnmatchedNames(groups: Group[], parent: Group): Group[] {
  const kept: Group[] = [];
  const merged = new Map<number, Group>();
  for (const group of groups) {
    const isMatched = group.before.nodes.length > 0 && group.after.nodes.length > 0;
    if (isMatched || group.edge === INDEXED || group.edge === INDIRECT) {
      kept.push(group);
      continue;
    }
    const target = merged.get(group.classIndex);
    if (target) mergeInto(target, group);
    else merged.set(group.classIndex, { ...group, parent });
  }
  for (const group of merged.values()) {
    const count = group.before.nodes.length + group.after.nodes.length;
    kept.push(count > 1 ? { ...group, edge: ANY_NAME } : group);
  }
  return kept;
}

/** Names the edges from dominators to the nodes they dominate. */
class EdgeNames {
  private readonly direct = new Map<number, string>();
  private readonly kind: NodeKind;

  constructor(private readonly heap: Heap) {
    this.kind = new NodeKind(heap.graph);
  }

  eachChild(node: number, take: (child: number, edge: string) => void): void {
    const { tree } = this.heap;
    const position = tree.position[node]!;
    const end = position + tree.size[position]!;
    if (position + 1 === end) return;
    this.readEdges(node);
    for (let at = position + 1; at < end; at += tree.size[at]!) {
      const child = tree.at[at]!;
      take(child, this.direct.get(child) ?? INDIRECT);
    }
  }

  private readEdges(node: number): void {
    const { graph, essential, names, tree } = this.heap;
    const { first, type, to, nameOrIndex } = graph.edges;
    this.direct.clear();
    for (let edge = first[node]!; edge < first[node + 1]!; edge++) {
      const child = to[edge]!;
      if (tree.dominator[child] !== node || !essential.has(edge) || this.direct.has(child)) continue;
      const isIndexed = this.kind.isIndexedEdge(type[edge]!);
      this.direct.set(child, isIndexed ? INDEXED : nameForGrouping(names.getCached(nameOrIndex[edge]!)));
    }
  }
}

/** Entries of Maps and WeakMaps are numbered or carry ids in their names: they are alike but for those. */
function nameForGrouping(name: string): string {
  const first = name.charCodeAt(0);
  return first >= 48 && first <= 57 ? INDEXED : name;
}
