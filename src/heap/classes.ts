/**
 * Classes of a heap, grouped two ways: as DevTools' summary view does, and as heapdiff does, which also tells closures
 * and contexts apart by the function that defines them.
 */
import type { DominatorTree } from './dominators';
import { CONTEXT_NAME, type DefiningFunction, findContextNames } from './functions';
import type { Graph } from './graph';
import { PairInterner } from './interner';
import { plainLoops } from './loops/plain-loops';
import type { NameTable } from './names';
import { NodeKind } from './node-kind';
import type { SiteTable, SourceLocation } from './sites';
import { membershipOf } from './strings';
import type { ClassIndex, UintColumn } from './types';

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

/** Groups by class name and definition site, closures and contexts by their function. Writes over `nameOf` as well. */
export function groupBySite(inputs: ClassInputs, nameOf: Uint32Array, distances: Int32Array | null): ClassTable {
  const { graph, names, sites } = inputs;
  const { nodes, nodeType } = graph;
  const classes = new SiteClasses(inputs);
  const isContextName = membershipOf(findContextNames(graph.strings));
  const kind = new NodeKind(graph);
  const proxies = names.derive('Proxy');
  /** Class + 1 of nodes without a site, by name: most nodes need no more than a look here. */
  const unsited = new Uint32Array(names.count);
  const classOf = nameOf;
  for (let ordinal = 0; ordinal < classOf.length; ordinal++) {
    const type = nodes.type[ordinal];
    const name = nameOf[ordinal]!;
    if (type === nodeType.closure) classOf[ordinal] = classes.ofClosure(name, nodes.name[ordinal]!, sites.of(ordinal));
    else if (type === nodeType.object && isContextName(nodes.name[ordinal]!))
      classOf[ordinal] = classes.ofContext(ordinal);
    else if (type === nodeType.object && sites.of(ordinal) !== 0)
      classOf[ordinal] = classes.of(name, sites.of(ordinal));
    else {
      const own = kind.isProxy(ordinal) ? proxies : name;
      if (unsited[own] === 0) unsited[own] = classes.of(own, 0) + 1;
      classOf[ordinal] = unsited[own]! - 1;
    }
  }
  const internal = internalNames(inputs);
  return sumClasses(inputs, { classOf, distances, classCount: classes.count }, (index) => {
    const { name, definition } = classes.describe(index);
    return {
      name,
      function: definition.function,
      location: sites.get(definition.site),
      isInternal: internal.has(name),
    };
  });
}

/** Where the objects of a class are defined; of closures and contexts also in which function. */
interface Definition {
  readonly site: number;
  /** Null for what is neither closure nor context. */
  readonly function: string | null;
}

/** Numbers for classes of heapdiff's own: a name and a definition. */
class SiteClasses {
  /** A name and the number of a definition. */
  private readonly keys = new PairInterner();
  private readonly definitions: Definition[] = [];
  private readonly definitionByFunction = new Map<string | null, Map<number, number>>();
  private readonly sameName: (name: number) => number;
  private readonly contextName: number;
  /** What was asked before: closures by their name and site, contexts by their function. */
  private readonly closures = new PairInterner();
  private readonly classOfClosure: number[] = [];
  private readonly classOfContext = new Map<DefiningFunction | null, number>();

  constructor(private readonly inputs: ClassInputs) {
    const { names } = inputs;
    this.sameName = createNameMerger(names);
    this.contextName = names.derive(CONTEXT_NAME);
  }

  get count(): number {
    return this.keys.count;
  }

  describe(index: ClassIndex): { readonly name: string; readonly definition: Definition } {
    const definition = this.definitions[this.keys.second[index]!]!;
    return { name: this.inputs.names.getCached(this.keys.first[index]!), definition };
  }

  of(name: number, site: number, madeIn: string | null = null): number {
    return this.keys.intern(this.sameName(name), this.define(site, madeIn));
  }

  /** `name` is what the class is called, `own` the closure's own. */
  ofClosure(name: number, own: number, site: number): number {
    const index = this.closures.intern(own, site);
    this.classOfClosure[index] ??= this.of(name, site, this.inputs.names.getCached(own));
    return this.classOfClosure[index];
  }

  ofContext(ordinal: number): number {
    const made = this.inputs.functionOfContext(ordinal);
    let index = this.classOfContext.get(made);
    if (index === undefined) {
      index = this.of(this.contextName, made?.site ?? 0, made?.name ?? '');
      this.classOfContext.set(made, index);
    }
    return index;
  }

  private define(site: number, madeIn: string | null): number {
    let bySite = this.definitionByFunction.get(madeIn);
    if (!bySite) {
      bySite = new Map();
      this.definitionByFunction.set(madeIn, bySite);
    }
    let index = bySite.get(site);
    if (index === undefined) {
      index = this.definitions.push({ site, function: madeIn }) - 1;
      bySite.set(site, index);
    }
    return index;
  }
}

/** Class names of nodes that stand for V8's own bookkeeping. */
function internalNames({ graph }: ClassInputs): ReadonlySet<string> {
  const own = ['code', 'object shape', 'hidden', 'synthetic', 'number'];
  const names = graph.nodeTypeNames.filter((type) => own.includes(type)).map((type) => `(${type})`);
  return new Set([...names, '(system)', '(compiled code)', '(array)']);
}

/** One index per name text: a file may hold a string twice, and derived names may equal strings of the file. */
function createNameMerger(names: NameTable): (name: number) => number {
  const byText = new Map<string, number>();
  const merge = (name: number) => {
    const text = names.getCached(name);
    const merged = byText.get(text) ?? name;
    byText.set(text, merged);
    return merged;
  };
  /** Merged index + 1 by index; names derived later are merged without being remembered. */
  const known = new Uint32Array(names.count);
  return (name) => {
    const found = known[name];
    if (found) return found - 1;
    const merged = merge(name);
    known[name] = merged + 1;
    return merged;
  };
}

type Description = Pick<HeapClass, 'name' | 'function' | 'location' | 'isInternal'>;

interface Grouping {
  readonly classOf: Uint32Array;
  readonly classCount: number;
  readonly distances: Int32Array | null;
}

function sumClasses(
  { graph, tree, retained }: ClassInputs,
  { classOf, classCount, distances }: Grouping,
  describe: (index: ClassIndex) => Description,
): ClassTable {
  const { memory, nodeCount, nodes } = graph;
  const sizes = nodes.selfSize;
  // Sums of 32-bit sizes are the kernel's work; the plain loops take doubles as well.
  const { sumShallow, sumTopmost } = [sizes, retained].every((column) => column instanceof Uint32Array)
    ? graph.loops
    : plainLoops;
  const count = memory.f64(classCount);
  const shallow = memory.f64(classCount);
  sumShallow(classOf, sizes as Uint32Array, count, shallow, 0, nodeCount);
  const topmost = memory.f64(classCount);
  const openUntil = memory.f64(classCount);
  const columns = [tree.at, tree.size, classOf, sizes as Uint32Array, retained as Uint32Array] as const;
  sumTopmost(...columns, topmost, openUntil, 0, nodeCount);
  const nearest = distances ? findNearest(classOf, classCount, sizes, distances) : null;
  const classes = Array.from({ length: classCount }, (_, index) => ({
    ...describe(index as ClassIndex),
    count: count[index]!,
    shallowSize: shallow[index]!,
    retainedSize: topmost[index]!,
    distance: nearest?.[index] ?? Number.POSITIVE_INFINITY,
  }));
  return { classOf, classes };
}

/** The smallest distance of each class' nodes whose size is not 0. */
function findNearest(classOf: Uint32Array, classCount: number, sizes: UintColumn, distances: Int32Array): Float64Array {
  const nearest = new Float64Array(classCount).fill(Number.POSITIVE_INFINITY);
  for (let ordinal = 0; ordinal < classOf.length; ordinal++) {
    const index = classOf[ordinal]!;
    if (sizes[ordinal] !== 0 && distances[ordinal]! < nearest[index]!) nearest[index] = distances[ordinal]!;
  }
  return nearest;
}
