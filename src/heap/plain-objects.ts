/**
 * Plain objects and their properties in order. Loops walk along them; objects with a property whose name has no number
 * (see `edges.ts`) are walked one by one.
 */
import type { BitVector } from './bit-vector';
import type { EdgeTable } from './edges';
import type { Graph } from './graph';
import { PairInterner } from './interner';
import { NONE } from './loops/codes';
import type { NameTable } from './names';

/** The number of what is no property, or not looked at. */
const NO_PROPERTY = 0;
/** Characters of a shape's name beside its properties, see `nameShape`. */
const OPENING_BRACE = 1;
const COMMA = 2;
/** Edges that are walked along before the table of walks grows again. */
const SLICE = 1 << 16;

/** Which properties a walk goes along, and how many. */
export interface WalkRule {
  readonly takes: (property: string) => boolean;
  /** No further than a name of so many characters; null for all. */
  readonly longestName: number | null;
}

/** Objects whose walks are alike. */
export interface WalkGroup {
  readonly properties: string[];
  readonly count: number;
}

/** The nodes of constructor `Object`, which have no class of their own. */
export class PlainObjects {
  private readonly properties = new PropertyNames();
  /** See `numberLabels`. */
  private labelled: ReadonlyMap<number, number> | undefined;
  /** Number of an edge's property; {@link NO_PROPERTY} for an edge that is none, {@link NONE} where its label does not tell. */
  private readonly propertyOf: (edge: number) => number;

  constructor(
    readonly graph: Graph,
    readonly names: NameTable,
    /** A bit for each of them. */
    private readonly marks: BitVector,
  ) {
    const { edges, edgeType } = graph;
    this.propertyOf = edges.byLabel((type, edge) => {
      if (type !== edgeType.property) return NO_PROPERTY;
      return edges.isRare(edge) ? NONE : this.properties.numberOf(names.get(edges.nameOf(edge)));
    });
  }

  /** Walks along all objects and notes by ordinal in `walkOf`, of objects only, where that led. */
  walk(rule: WalkRule, walkOf: Uint32Array): Walks {
    const { graph, marks, properties } = this;
    const { edges, nodeCount, memory, loops } = graph;
    this.labelled ??= this.numberLabels();
    const propertyOf = memory.u32(edges.labels.type.length);
    for (const [label, property] of this.labelled) {
      propertyOf[label] = property === NONE || rule.takes(properties.text[property]!) ? property : NO_PROPERTY;
    }
    const lengths = memory.u32(properties.text.length);
    if (rule.longestName !== null) lengths.set(properties.lengthInName);
    const walks = new PairInterner(memory);
    const columns = [marks.words, propertyOf, lengths, rule.longestName ?? 0] as const;
    for (let from = 0, end: number; from < nodeCount; from = end) {
      end = endOfSlice(edges, from, nodeCount);
      const most = edges.firstOf(end) - edges.firstOf(from);
      loops.walkProperties(edges, ...columns, ...walks.columnsFor(most), walkOf, from, end);
    }
    return new Walks(graph, marks, walkOf, this.groupByWalk(walkOf, walks, rule));
  }

  /** The walks that objects have, by number: the empty one is 0, others are the number + 1 of (walk before, property). */
  private groupByWalk(walkOf: Uint32Array, walks: PairInterner, rule: WalkRule): Map<number, WalkGroup> {
    const { graph, marks, properties } = this;
    const { nodeCount, memory, scratch, loops } = graph;
    const counts = memory.u32(walks.count + 1);
    const firstOf = memory.u32(walks.count + 1);
    const list = scratch.takeStack();
    const listed = memory.u32(1);
    loops.countValues(marks.words, walkOf, counts, firstOf, list, listed, 0, nodeCount);
    const found = new Map<number, { count: number; node: number }>();
    counts.forEach((count, walk) => {
      if (count > 0) found.set(walk, { count, node: firstOf[walk]! });
    });
    for (const node of list.subarray(0, listed[0])) {
      const walk = this.walkOne(node, walks, rule);
      walkOf[node] = walk;
      const { count, node: first } = found.get(walk) ?? { count: 0, node };
      found.set(walk, { count: count + 1, node: Math.min(first, node) });
    }
    scratch.giveBackStack(list);
    const spell = (walk: number): string[] => {
      const spelled: string[] = [];
      for (let at = walk; at !== 0; at = walks.first[at - 1]!) spelled.push(properties.text[walks.second[at - 1]!]!);
      return spelled.reverse();
    };
    const inOrder = [...found].sort(([, a], [, b]) => a.node - b.node);
    return new Map(inOrder.map(([walk, { count }]) => [walk, { properties: spell(walk), count }]));
  }

  /** As the loop does it, which cannot tell the properties of this node. */
  private walkOne(node: number, walks: PairInterner, { takes, longestName }: WalkRule): number {
    const { properties, names, graph } = this;
    const { edges } = graph;
    let walk = 0;
    let length = OPENING_BRACE;
    for (let edge = edges.firstOf(node), end = edges.endOf(node); edge < end; edge++) {
      let property = this.propertyOf(edge);
      if (property === NO_PROPERTY) continue;
      const text = property === NONE ? names.get(edges.nameOf(edge)) : properties.text[property]!;
      if (!takes(text)) continue;
      if (property === NONE) property = properties.numberOf(text); // a dictionary's million keys get none
      const added = properties.lengthInName[property]!;
      if (longestName !== null && length > OPENING_BRACE && length + added > longestName) break;
      length += added + (length === OPENING_BRACE ? 0 : COMMA);
      walk = walks.intern(walk, property) + 1;
    }
    return walk;
  }

  /** Numbers of the properties that their edges' labels name, by label; {@link NONE} for labels of rare names. */
  private numberLabels(): ReadonlyMap<number, number> {
    const { marks, names, properties, graph } = this;
    const { edges, edgeType, nodeCount, memory, loops } = graph;
    const { type, name, firstNumbered } = edges.labels;
    const seen = memory.u32((type.length + 31) >>> 5);
    const list = memory.u32(type.length);
    const count = memory.u32(1);
    loops.listLabels(edges, marks.words, seen, list, count, 0, nodeCount);
    const numbers = new Map<number, number>();
    for (const label of list.subarray(0, count[0])) {
      if (type[label] !== edgeType.property) continue;
      numbers.set(label, label < firstNumbered ? NONE : properties.numberOf(names.get(name[label]!)));
    }
    return numbers;
  }
}

/** The node before which a slice ends that begins at `from`: one node at least. */
function endOfSlice(edges: EdgeTable, from: number, nodeCount: number): number {
  let low = from + 1;
  let high = nodeCount;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if (edges.firstOf(middle) - edges.firstOf(from) <= SLICE) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Where the objects' walks led. */
export class Walks {
  constructor(
    private readonly graph: Graph,
    private readonly marks: BitVector,
    private readonly walkOf: Uint32Array,
    private readonly groups: ReadonlyMap<number, WalkGroup>,
  ) {}

  /** Objects whose walks are alike, in order of appearance. */
  distinct(): WalkGroup[] {
    return [...this.groups.values()];
  }

  /**
   * Writes names over the walks: what `find` has for the objects' properties; where that is {@link NONE}, the objects'
   * own.
   */
  name(find: (properties: string[]) => number): void {
    const { nodes, memory, loops, nodeCount } = this.graph;
    let walks = 0;
    for (const walk of this.groups.keys()) walks = Math.max(walks, walk + 1);
    const nameOfWalk = memory.u32(walks);
    for (const [walk, { properties }] of this.groups) nameOfWalk[walk] = find(properties);
    loops.translateMarked(this.marks.words, this.walkOf, nameOfWalk, nodes.name, 0, nodeCount);
  }
}

/** Numbers for properties by their text, 1, 2, 3 ...: a file may hold one string twice. */
class PropertyNames {
  readonly text: string[] = ['']; // of no property
  /** Characters that a property takes in the name of a shape. */
  readonly lengthInName: number[] = [0];
  private readonly numbers = new Map<string, number>();

  numberOf(text: string): number {
    let number = this.numbers.get(text);
    if (number === undefined) {
      number = this.text.push(text) - 1;
      this.lengthInName.push(formatPropertyName(text).length);
      this.numbers.set(text, number);
    }
    return number;
  }
}

/** As DevTools writes a property in a shape's name: quoted when it holds characters that the name itself uses. */
export function formatPropertyName(name: string): string {
  return /[,'"{}]/.test(name) ? JSON.stringify(name) : name;
}
