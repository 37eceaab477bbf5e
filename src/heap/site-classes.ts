/**
 * Classes as heapdiff groups them: by name and definition site, closures and contexts by their function. The class of
 * most nodes is that of their name; only the others are looked at one by one.
 */
import { BitVector } from './bit-vector';
import { type ClassInputs, type ClassTable, createNameMerger, sumClasses } from './classes';
import { CONTEXT_NAME, findContextNames } from './functions';
import { PairInterner } from './interner';
import { SortKind } from './loops/codes';
import { NodeKind, PROXY, tableByType } from './node-kind';
import { membershipOf } from './strings';
import type { ClassIndex } from './types';

/** Groups the nodes. `nameOf` holds the name of each node's class and is written over by the result. */
export function groupBySite(inputs: ClassInputs, nameOf: Uint32Array, distances: Int32Array | null): ClassTable {
  const { graph, names, sites } = inputs;
  const classes = new SiteClasses(inputs);
  const { special, plainNames } = sortNodes(inputs, nameOf);
  // Special nodes get numbers behind those of names, so that one table translates both.
  const nameCount = names.count;
  special.each((ordinal) => {
    nameOf[ordinal] = nameCount + classes.ofSpecial(ordinal, nameOf[ordinal]!);
  });
  const specialClasses = classes.count;
  const classOfName = graph.memory.u32(nameCount + specialClasses);
  for (let index = 0; index < specialClasses; index++) classOfName[nameCount + index] = index;
  for (const name of plainNames) classOfName[name] = classes.of(name, 0);
  const classOf = nameOf;
  graph.loops.translate(classOf, classOfName, 0, graph.nodeCount);

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

/** Tells the special nodes, a bit each, from all others, whose names are listed once each. */
function sortNodes({ graph, names, sites }: ClassInputs, nameOf: Uint32Array) {
  const { nodes, nodeCount, strings, memory, scratch, loops } = graph;
  const { special: always, sited, named: byName } = SortKind;
  const kinds = tableByType(graph, { closure: always, object: sited, hidden: byName });
  const named = BitVector.in(memory, strings.count)
    .addAll(findContextNames(strings)) // of objects
    .addAll(strings.indicesOf([PROXY])[PROXY]); // of hidden nodes
  const special = BitVector.in(memory, nodeCount);
  const seen = BitVector.in(memory, names.count);
  const list = scratch.takeStack();
  const count = memory.u32(1);
  const marks = [kinds, sites.hasSite, named.words, strings.count] as const;
  const found = [special.words, seen.words, list, count] as const;
  loops.markSpecial(nodes.type, nodes.name, ...marks, nameOf, ...found, 0, nodeCount);
  const plainNames = list.slice(0, count[0]);
  scratch.giveBackStack(list);
  return { special, plainNames };
}

/** Where the objects of a class are defined; of closures and contexts also in which function. */
interface Definition {
  readonly site: number;
  /** Null for what is neither closure nor context. */
  readonly function: string | null;
}

/** Numbers for classes: a name and a definition. */
class SiteClasses {
  /** A name and the number of a definition. */
  private readonly keys = new PairInterner();
  private readonly definitions: Definition[] = [];
  private readonly definitionByFunction = new Map<string | null, Map<number, number>>();
  private readonly sameName: (name: number) => number;
  private readonly contextName: number;
  private readonly proxyName: number;
  private readonly kind: NodeKind;
  private readonly isContextName: (name: number) => boolean;
  /** What was asked before: closures by their own name and site, objects by class name and site, contexts by function. */
  private readonly closures = new PairInterner();
  private readonly classOfClosure: number[] = [];
  private readonly objects = new PairInterner();
  private readonly classOfObject: number[] = [];
  private readonly classOfContext: number[] = [];

  constructor(private readonly inputs: ClassInputs) {
    const { names, graph } = inputs;
    this.sameName = createNameMerger(names);
    this.contextName = names.derive(CONTEXT_NAME);
    this.proxyName = names.derive('Proxy');
    this.kind = new NodeKind(graph);
    this.isContextName = membershipOf(findContextNames(graph.strings));
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

  /** The class of a node that its class name, `name`, does not tell alone. */
  ofSpecial(ordinal: number, name: number): number {
    const { nodes, nodeType } = this.inputs.graph;
    if (nodes.type[ordinal] === nodeType.closure) return this.ofClosure(ordinal, name);
    if (this.kind.isProxy(ordinal)) return this.of(this.proxyName, 0);
    if (nodes.type[ordinal] === nodeType.object && this.isContextName(nodes.name[ordinal]!))
      return this.ofContext(ordinal);
    const site = this.inputs.sites.of(ordinal);
    const index = this.objects.intern(name, site);
    this.classOfObject[index] ??= this.of(name, site);
    return this.classOfObject[index];
  }

  private ofClosure(ordinal: number, name: number): number {
    const { graph, sites, names } = this.inputs;
    const own = graph.nodes.name[ordinal]!;
    const site = sites.of(ordinal);
    const index = this.closures.intern(own, site);
    this.classOfClosure[index] ??= this.of(name, site, names.getCached(own));
    return this.classOfClosure[index];
  }

  private ofContext(ordinal: number): number {
    const made = this.inputs.functionOfContext(ordinal);
    const at = made === null ? 0 : made.index + 1;
    this.classOfContext[at] ??= this.of(this.contextName, made?.site ?? 0, made?.name ?? '');
    return this.classOfContext[at];
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
