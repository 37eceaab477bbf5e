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
  const { nodes, nodeCount, strings, memory, scratch, loops } = graph;
  const { closures, contexts, proxies } = inputs.marks;
  const classes = new SiteClasses(inputs);
  const { objects, special } = markSited(inputs);
  // What special nodes have in common gets numbers behind those of names, so that one table translates both.
  const nameCount = names.count;
  const seen = BitVector.in(memory, nameCount).words;
  const list = scratch.takeStack();
  const listed = memory.u32(1);
  loops.listUnmarked(special.words, nameOf, seen, list, listed, 0, nodeCount);
  const plainNames = list.slice(0, listed[0]);
  scratch.giveBackStack(list);

  const classOfKind: number[] = [];
  const groupBy = (marks: BitVector, a: Uint32Array, find: (node: number, value: number, site: number) => number) => {
    const kinds = new PairInterner(memory);
    kinds.internSited(loops, { marks: marks.words, a, sites }, nameOf, nodeCount, nameCount + classOfKind.length);
    for (let kind = 0; kind < kinds.count; kind++) {
      classOfKind.push(find(kinds.row[kind]!, kinds.first[kind]!, kinds.second[kind]!));
    }
  };
  groupBy(closures, nodes.name, (_, name, site) => classes.ofClosure(name, site));
  groupBy(objects, nameOf, (_, name, site) => classes.of(name, site));
  const setApart = (node: number, index: number) => {
    nameOf[node] = nameCount + classOfKind.push(index) - 1;
  };
  // Contexts of one scope belong to one function.
  const scopeOf = nameOf;
  findInternalEdges(graph, contexts, strings.indicesOf(['scope_info']).scope_info, scopeOf);
  const unscoped: number[] = [];
  groupBy(contexts, scopeOf, (context, scope) => {
    if (scope === NONE) unscoped.push(nameCount + classOfKind.length);
    return classes.ofContext(context);
  });
  if (unscoped.length > 0) {
    contexts.each((context) => {
      if (unscoped.includes(nameOf[context]!)) setApart(context, classes.ofContext(context));
    });
  }
  proxies.each((proxy) => setApart(proxy, classes.ofProxy()));

  const classOfName = memory.u32(nameCount + classOfKind.length);
  classOfName.set(classOfKind, nameCount);
  for (const name of plainNames) classOfName[name] = classes.of(name, 0);
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

/** Objects with a site, but for contexts, and the nodes whose class depends on more than its name: those and others. */
function markSited({ graph: { nodeCount, memory }, marks, sites }: ClassInputs) {
  const objects = BitVector.in(memory, nodeCount);
  const special = BitVector.in(memory, nodeCount);
  for (let word = 0; word < objects.words.length; word++) {
    objects.words[word] = sites.objects[word]! & ~marks.contexts.words[word]!;
    special.words[word] = objects.words[word]! | marks.special.words[word]!;
  }
  return { objects, special };
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
