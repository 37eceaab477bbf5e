/**
 * Classes as heapdiff groups them: by name and definition site, closures and contexts by their function. The class of
 * most nodes is that of their name; the others are looked at once for all that have the same in common.
 */
import { BitVector } from './bit-vector';
import { type ClassInputs, type ClassTable, createNameMerger, sumClasses } from './classes';
import { CONTEXT_NAME } from './functions';
import { findInternalEdges } from './internal-edges';
import { PairInterner } from './interner';
import { NONE } from './loops/codes';
import type { ClassIndex } from './types';

/** Groups the nodes. `nameOf` holds the name of each node's class and is written over by the result. */
export function groupBySite(inputs: ClassInputs, nameOf: Uint32Array, distances: Int32Array | null): ClassTable {
  const { graph, names, sites } = inputs;
  const { nodeCount, memory, loops } = graph;
  const classes = new SiteClasses(inputs);
  const keyed = markKeyed(inputs);
  const nameCount = names.count;
  const plainNames = listPlainNames(inputs, keyed.all, nameOf);
  // Keys are numbered behind names, so that one table translates both.
  const classOfKey = numberKeys(inputs, keyed, classes, { firstKey: nameCount, keyOf: nameOf });
  const classOfName = memory.u32(nameCount + classOfKey.length);
  for (const name of plainNames) classOfName[name] = classes.of(name, 0);
  classOfName.set(classOfKey, nameCount);
  const classOf = nameOf;
  loops.translate(classOf, classOfName, 0, nodeCount);

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

/** Nodes whose class depends on more than its name, and among them objects with a site that are no contexts. */
interface KeyedNodes {
  readonly all: BitVector;
  readonly objects: BitVector;
}

function markKeyed({ graph: { nodeCount, memory }, marks, sites }: ClassInputs): KeyedNodes {
  const objects = BitVector.in(memory, nodeCount);
  const all = BitVector.in(memory, nodeCount);
  const [closures, contexts, proxies] = [marks.closures.words, marks.contexts.words, marks.proxies.words];
  for (let word = 0; word < objects.words.length; word++) {
    const own = sites.objects[word]! & ~contexts[word]!;
    objects.words[word] = own;
    all.words[word] = own | closures[word]! | contexts[word]! | proxies[word]!;
  }
  return { all, objects };
}

/** The names of the classes of all other nodes. */
function listPlainNames({ graph, names }: ClassInputs, keyed: BitVector, nameOf: Uint32Array): Uint32Array {
  const { nodeCount, memory, scratch, loops } = graph;
  const seen = BitVector.in(memory, names.count).words;
  const list = scratch.takeStack();
  const count = memory.u32(1);
  loops.listUnmarked(keyed.words, nameOf, seen, list, count, 0, nodeCount);
  const listed = list.slice(0, count[0]);
  scratch.giveBackStack(list);
  return listed;
}

/** Writes the keys of keyed nodes to `keyOf`, where they have the names of their classes; returns the classes of keys. */
function numberKeys(
  { graph, marks, sites }: ClassInputs,
  { objects }: KeyedNodes,
  classes: SiteClasses,
  { firstKey, keyOf }: { readonly firstKey: number; readonly keyOf: Uint32Array },
): number[] {
  const { nodes, nodeCount, strings, memory, loops } = graph;
  const { closures, contexts, proxies } = marks;
  const classOfKey: number[] = [];
  /** A key for each pair of a value and a site; `find` tells its class, given the first node that has it. */
  const pair = (
    nodesOf: BitVector,
    values: Uint32Array,
    find: (value: number, site: number, node: number) => number,
  ) => {
    const keys = new PairInterner(memory);
    const source = { marks: nodesOf.words, a: values, sites };
    keys.internSited(loops, source, keyOf, nodeCount, firstKey + classOfKey.length);
    for (let key = 0; key < keys.count; key++) {
      classOfKey.push(find(keys.first[key]!, keys.second[key]!, keys.row[key]!));
    }
  };
  const setApart = (node: number, index: number) => {
    keyOf[node] = firstKey + classOfKey.push(index) - 1;
  };
  pair(closures, nodes.name, (name, site) => classes.ofClosure(name, site));
  pair(objects, keyOf, (name, site) => classes.of(name, site));
  // Contexts of one scope belong to one function; one without a scope stands for itself.
  findInternalEdges(graph, contexts, strings.indicesOf(['scope_info']).scope_info, keyOf);
  const unscoped = new Set<number>();
  pair(contexts, keyOf, (scope, _, context) => {
    if (scope === NONE) unscoped.add(firstKey + classOfKey.length);
    return classes.ofContext(context);
  });
  if (unscoped.size > 0) {
    contexts.each((context) => {
      if (unscoped.has(keyOf[context]!)) setApart(context, classes.ofContext(context));
    });
  }
  proxies.each((proxy) => setApart(proxy, classes.ofProxy()));
  return classOfKey;
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
  private readonly closureName: number;
  private readonly proxyName: number;

  constructor(private readonly inputs: ClassInputs) {
    const { names } = inputs;
    this.sameName = createNameMerger(names);
    this.contextName = names.derive(CONTEXT_NAME);
    this.closureName = names.derive('Function');
    this.proxyName = names.derive('Proxy');
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

  /** `name` is the function's. */
  ofClosure(name: number, site: number): number {
    return this.of(this.closureName, site, this.inputs.names.getCached(name));
  }

  ofContext(context: number): number {
    const made = this.inputs.functionOfContext(context);
    return this.of(this.contextName, made?.site ?? 0, made?.name ?? '');
  }

  ofProxy(): number {
    return this.of(this.proxyName, 0);
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
