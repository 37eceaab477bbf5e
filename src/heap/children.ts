/** What nodes dominate directly: one by one, or grouped by the edges that lead there and by class. */
import { BitVector } from './bit-vector';
import { dominatorOf, subtreeEnd } from './dominators';
import type { Graph } from './graph';
import type { Heap } from './heap';
import { PairInterner } from './interner';
import { BY_FIRST_BYTE, ChildCursor, CURSOR_LENGTH, NONE } from './loops/codes';
import { plainLoops } from './loops/plain-loops';
import { NodeKind } from './node-kind';
import { isDigit } from './scan/ascii';
import { targetAt } from './targets';

/** No edge: the dominator refers to others that refer to the node. */
export const NO_EDGE = NONE;

/** Bytes of some nodes. */
export interface SizeSums {
  /** That they retain, together. */
  readonly retained: number;
  /** Of their own, together. */
  readonly shallow: number;
  /** That one of them retains at most. */
  readonly largest: number;
}

/** Some children that hang by edges of one key, and are of one class. */
export interface ChildGroup {
  readonly key: number;
  /** The edge to the first of them, or {@link NO_EDGE}. */
  readonly edge: number;
  /** As the column of classes has it. */
  readonly classIndex: number;
  /** Ordinals; valid until the next group is given. */
  readonly nodes: Uint32Array;
  readonly sizes: SizeSums;
}

/** How children are told apart. */
export interface ChildKeys {
  /** By ordinal. */
  readonly classOf: Uint32Array;
  /**
   * A number for an edge, or for {@link NO_EDGE}: always the same where the edge's label tells its name. It is not asked for
   * indices: see `NodeKind.isIndex`.
   */
  readonly keyOf: (edge: number) => number;
}

/** What loops over children write to. */
interface ChildLists {
  readonly cursor: Uint32Array;
  readonly parents: Uint32Array;
  readonly children: Uint32Array;
  /** The edge to each child, or {@link NO_EDGE}. */
  readonly via: Uint32Array;
  readonly keys: Uint32Array;
  /** Places of children whose edge's label did not tell the key, and how many. */
  readonly open: Uint32Array;
  readonly openCount: Uint32Array;
  readonly numbers: Uint32Array;
  readonly sorted: Uint32Array;
  /** By number. */
  readonly counts: Uint32Array;
  readonly places: Uint32Array;
  /** Three numbers each, as in {@link SizeSums}. */
  readonly sums: Float64Array;
}

/** Keys of labels as far as they are of indices, {@link NONE} for all others. */
function findIndices(graph: Graph, key: number): Uint32Array {
  const { edges, edgeType, strings, memory } = graph;
  const { type, name, firstNumbered } = edges.labels;
  const kind = new NodeKind(graph);
  const keys = memory.u32(type.length).fill(NONE);
  for (let label = 0; label < type.length; label++) {
    if (type[label] === edgeType.property) continue;
    if (kind.isIndexedEdge(type[label]!)) keys[label] = key;
    else if (label < firstNumbered) keys[label] = BY_FIRST_BYTE;
    else if (isDigit(strings.firstByte(name[label]!))) keys[label] = key;
  }
  return keys;
}

/** So many parents or children at once: a table may have millions. */
const MOST_LISTED = 1 << 14;

/** What grouping takes, of which many who ask for children have no need. */
interface Grouping {
  readonly lists: ChildLists;
  readonly table: PairInterner;
  /** {@link NONE} for labels that nobody asked for yet, or that do not tell names; see `findIndices`. */
  readonly keyOfLabel: Uint32Array;
}

function createGrouping(graph: Graph, keyOfIndices: number): Grouping {
  const { memory } = graph;
  const column = () => memory.u32(MOST_LISTED);
  const lists = {
    cursor: memory.u32(CURSOR_LENGTH),
    parents: column(),
    children: column(),
    via: column(),
    keys: column(),
    open: column(),
    openCount: memory.u32(1),
    numbers: column(),
    sorted: column(),
    counts: column(),
    places: column(),
    sums: memory.f64(MOST_LISTED * 3),
  };
  return { lists, table: new PairInterner(memory), keyOfLabel: findIndices(graph, keyOfIndices) };
}

export class Children {
  /** A bit per node, for children while their parent is looked at. */
  private readonly marks: BitVector;
  private made: Grouping | undefined;

  constructor(
    private readonly heap: Heap,
    /** The key of edges that indices name. */
    private readonly keyOfIndices: number,
  ) {
    this.marks = BitVector.in(heap.graph.memory, heap.graph.nodeCount);
  }

  /**
   * Calls `take` for each child of a node, with the first edge of the node's that leads to it: those that one leads to in the
   * order of edges, then the others. For single nodes: a chain asks for millions of them, one by one.
   */
  each(node: number, take: (child: number, edge: number) => void): void {
    const { graph, essential, tree } = this.heap;
    const { edges } = graph;
    const { ordinals, width } = edges.to; // millions are asked for, before V8 has compiled what asks
    const { marks: taken } = this;
    const position = tree.position[node]!;
    const end = subtreeEnd(tree, position);
    if (position + 1 === end) return;
    for (let edge = edges.firstOf(node), last = edges.endOf(node); edge < last; edge++) {
      if (!essential.has(edge)) continue;
      const child = targetAt(ordinals, width, edge);
      const at = tree.position[child]!;
      if (at <= position || at >= end || taken.has(child) || dominatorOf(tree, child) !== node) continue;
      taken.add(child);
      take(child, edge);
    }
    for (let at = position + 1; at < end; at = subtreeEnd(tree, at)) {
      const child = tree.at[at]!;
      if (taken.has(child)) taken.remove(child);
      else take(child, NO_EDGE);
    }
  }

  /** The same for the children of many nodes, grouped; there may be several groups of the same key and class. */
  eachGroup(nodes: Uint32Array, by: ChildKeys, take: (group: ChildGroup) => void): void {
    const { parents } = this.grouping.lists;
    for (let from = 0; from < nodes.length; from += MOST_LISTED) {
      const some = nodes.subarray(from, from + MOST_LISTED);
      parents.set(some);
      for (const listed of this.list(some.length)) this.group(listed, by, take);
    }
  }

  private get grouping(): Grouping {
    this.made ??= createGrouping(this.heap.graph, this.keyOfIndices);
    return this.made;
  }

  /** Lists the children of the first so many parents, some at a time; yields how many these are. */
  private *list(parentCount: number): Generator<number> {
    const { graph, essential, tree } = this.heap;
    const { at, position, inner, innerBefore, size } = tree;
    const { cursor, parents, children, via } = this.grouping.lists;
    const columns = [graph.edges, essential.words, at, position, inner, innerBefore, size, this.marks.words] as const;
    cursor.fill(0);
    while (cursor[ChildCursor.parent]! < parentCount) {
      cursor[ChildCursor.listed] = 0;
      graph.loops.listChildren(...columns, parents, cursor, children, via, MOST_LISTED, 0, parentCount);
      yield cursor[ChildCursor.listed]!;
    }
  }

  private group(listed: number, { classOf, keyOf }: ChildKeys, take: (group: ChildGroup) => void): void {
    const { lists, table } = this.grouping;
    const { graph, retained } = this.heap;
    const { position, inner, innerBefore } = this.heap.tree;
    const { children, via, keys, numbers, sorted, counts, places, sums } = lists;
    this.findKeys(listed, keyOf);
    table.clear();
    // Sums of 32-bit sizes are the kernel's work; the plain loops take doubles as well.
    const { groupChildren } = retained instanceof Uint32Array ? graph.loops : plainLoops;
    const tree = [position, inner, innerBefore, retained as Uint32Array] as const;
    const columns = [keys, classOf, ...tree, graph.nodes.sizes, children, ...table.columnsFor(listed)] as const;
    groupChildren(...columns, numbers, counts, sums, 0, listed);
    const { count, first, second, row } = table;
    for (let number = 0, place = 0; number < count; place += counts[number++]!) places[number] = place;
    graph.loops.sortByNumber(children, numbers, places, sorted, 0, listed);
    for (let number = 0; number < count; number++) {
      const end = places[number]!;
      take({
        key: first[number]!,
        edge: via[row[number]!]!,
        classIndex: second[number]!,
        nodes: sorted.subarray(end - counts[number]!, end),
        sizes: { retained: sums[number * 3]!, shallow: sums[number * 3 + 1]!, largest: sums[number * 3 + 2]! },
      });
    }
  }

  /** Few labels are asked for, each once; edges whose label does not tell their name one by one. */
  private findKeys(listed: number, keyOf: ChildKeys['keyOf']): void {
    const { edges, strings, loops } = this.heap.graph;
    const { keyOfIndices } = this;
    const { keyOfLabel, lists } = this.grouping;
    const { via, keys, open, openCount } = lists;
    const { firstNumbered, rare, rareBefore } = edges.labels;
    openCount[0] = 0;
    const names = [firstNumbered, rare, rareBefore, strings.firstBytes] as const;
    const columns = [
      edges.label,
      keyOfLabel,
      keyOf(NO_EDGE),
      keyOfIndices,
      ...names,
      via,
      keys,
      open,
      openCount,
    ] as const;
    loops.keyChildren(...columns, 0, listed);
    for (let i = 0; i < openCount[0]; i++) {
      const place = open[i]!;
      const edge = via[place]!;
      keys[place] = keyOf(edge);
      if (!edges.isRare(edge)) keyOfLabel[edges.label[edge]!] = keys[place]!;
    }
  }
}
