/**
 * Classes of a heap and their sums, grouped as DevTools' summary view does. `site-classes.ts` groups as heapdiff does,
 * which also tells closures and contexts apart by the function that defines them.
 */
import type { DominatorTree } from './dominators';
import type { DefiningFunction } from './functions';
import type { Graph } from './graph';
import { PairInterner } from './interner';
import { plainLoops } from './loops/plain-loops';
import type { NameTable } from './names';
import type { NodeMarks } from './node-marks';
import type { SiteTable, SourceLocation } from './sites';
import type { ClassIndex, NodeSizes, UintColumn } from './types';

/** Sums over the nodes of one class whose shallow size is not 0, as DevTools counts them. */
export interface ClassSums {
  readonly count: number;
  /** Bytes. */
  readonly shallowSize: number;
  /** Bytes kept alive by the class: retained sizes of its nodes that no other node of the class dominates. */
  readonly retainedSize: number;
  /** Smallest distance from the roots; infinite when distances were not asked for. */
  readonly distance: number;
}

export interface HeapClass extends ClassSums {
  /** As DevTools names it: `Session`, `Function`, `{id, token}`, `(string)`. */
  readonly name: string;
  /** The function of a closure, or the one that made a context; null for other classes. */
  readonly function: string | null;
  /** Where the class or function is defined; null when the snapshot does not tell. */
  readonly location: SourceLocation | null;
  /** Belongs to V8, not to the program: compiled code, hidden classes, internal arrays. */
  readonly isInternal: boolean;
}

export interface ClassTable {
  /** Class of each node, by ordinal; nodes of shallow size 0 too. */
  readonly classOf: Uint32Array;
  /** By {@link ClassIndex}. A class whose nodes all have shallow size 0 has count 0. */
  readonly classes: readonly HeapClass[];
}

/** Everything that grouping needs to know about a heap. */
export interface ClassInputs {
  readonly graph: Graph;
  readonly names: NameTable;
  readonly marks: NodeMarks;
  readonly sites: SiteTable;
  readonly tree: DominatorTree;
  readonly retained: UintColumn;
  /** The function that made a context; null when the heap does not tell. */
  readonly functionOfContext: (context: number) => DefiningFunction | null;
}

/**
 * Groups as DevTools does: by class name, objects also by definition site. Equal names may give several rows. `nameOf`
 * holds the name of each node's class and is written over by the result.
 */
export function groupAsDevTools(inputs: ClassInputs, nameOf: Uint32Array, distances: Int32Array): ClassTable {
  const { graph, names, sites } = inputs;
  const { nodes, nodeType } = graph;
  const sameName = createNameMerger(names);
  const keys = new PairInterner();
  const classOf = nameOf;
  for (let ordinal = 0; ordinal < classOf.length; ordinal++) {
    const site = nodes.type[ordinal] === nodeType.object ? sites.of(ordinal) : 0;
    classOf[ordinal] = keys.intern(site === 0 ? nameOf[ordinal]! : sameName(nameOf[ordinal]!), site);
  }
  return sumClasses(inputs, { classOf, distances, classCount: keys.count }, (index) => ({
    name: names.getCached(keys.first[index]!),
    function: null,
    location: sites.get(keys.second[index]!),
    isInternal: false,
  }));
}

/** One index per name text: a file may hold a string twice, and derived names may equal strings of the file. */
export function createNameMerger(names: NameTable): (name: number) => number {
  const byText = new Map<string, number>();
  /** By index, of the few that name classes. */
  const known = new Map<number, number>();
  return (name) => {
    let merged = known.get(name);
    if (merged === undefined) {
      const text = names.getCached(name);
      merged = byText.get(text) ?? name;
      byText.set(text, merged);
      known.set(name, merged);
    }
    return merged;
  };
}

type Description = Pick<HeapClass, 'name' | 'function' | 'location' | 'isInternal'>;

interface Grouping {
  readonly classOf: Uint32Array;
  readonly classCount: number;
  readonly distances: Int32Array | null;
}

export function sumClasses(
  { graph, tree, retained }: ClassInputs,
  { classOf, classCount, distances }: Grouping,
  describe: (index: ClassIndex) => Description,
): ClassTable {
  const { memory, nodeCount, nodes } = graph;
  const { sizes } = nodes;
  // Sums of 32-bit sizes are the kernel's work; the plain loops take doubles as well.
  const { sumTopmost } = retained instanceof Uint32Array ? graph.loops : plainLoops;
  const count = memory.f64(classCount);
  const shallow = memory.f64(classCount);
  graph.loops.sumShallow(classOf, sizes, count, shallow, 0, nodeCount);
  const topmost = memory.f64(classCount);
  const openUntil = memory.f64(classCount);
  const { at, inner, innerBefore, size } = tree;
  const columns = [at, inner, innerBefore, size, classOf, sizes, retained as Uint32Array] as const;
  sumTopmost(...columns, topmost, openUntil, 0, nodeCount);
  const nearest = distances && findNearest(classOf, classCount, sizes, distances);
  const classes: HeapClass[] = [];
  for (let index = 0; index < classCount; index++) {
    const { name, function: made, location, isInternal } = describe(index as ClassIndex);
    const [shallowSize, retainedSize] = [shallow[index]!, topmost[index]!];
    const distance = nearest?.[index] ?? Number.POSITIVE_INFINITY;
    classes.push({
      name,
      function: made,
      location,
      isInternal,
      count: count[index]!,
      shallowSize,
      retainedSize,
      distance,
    });
  }
  return { classOf, classes };
}

/** The smallest distance of each class' nodes whose size is not 0. */
function findNearest(classOf: Uint32Array, classCount: number, sizes: NodeSizes, distances: Int32Array): Float64Array {
  const nearest = new Float64Array(classCount).fill(Number.POSITIVE_INFINITY);
  for (let ordinal = 0; ordinal < classOf.length; ordinal++) {
    const index = classOf[ordinal]!;
    if (sizes.near[ordinal] !== 0 && distances[ordinal]! < nearest[index]!) nearest[index] = distances[ordinal]!;
  }
  return nearest;
}
