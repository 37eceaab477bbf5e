/** A holder as a person would name it: `drafts` (Map), a variable in module scope of src/store.js. */
import { isEphemeronName } from '../../heap/ephemerons';
import { CONTEXT_NAME } from '../../heap/functions';
import { NodeKind } from '../../heap/node-kind';
import type { PathNode, RetainingTree } from '../../heap/retaining-tree';
import { createScopeReader } from '../../heap/scopes';
import type { SourceLocation } from '../../heap/sites';
import type { Holder, PathStep } from '../types';
import { collapseRepeats } from './collapse-repeats';
import type { GroupedHeap, HeapPair } from './groups';
import { type ExportedVariable, Landmarks } from './landmarks';
import { findApplicationClosure } from './value-side';

/** A label and the index in the path of the step that it begins with. */
interface Label {
  readonly text: string;
  readonly at: number;
}

/** Names holders of the `after` heap. */
export class HolderNamer {
  private readonly kind: NodeKind;
  private readonly scopeOf: ReturnType<typeof createScopeReader>;
  private readonly grouped: GroupedHeap;
  private readonly landmarks: Landmarks;

  constructor(
    private readonly pair: HeapPair,
    private readonly tree: RetainingTree,
  ) {
    this.grouped = pair.after;
    this.kind = new NodeKind(pair.after.heap.graph);
    this.scopeOf = createScopeReader(pair.after.heap);
    this.landmarks = new Landmarks(pair.after.heap);
  }

  /** The node itself, or the nearest above it that belongs to the program. */
  visibleOwner(ordinal: number): number {
    for (const node of this.tree.ancestors(ordinal)) if (!this.kind.isInternalNode(node)) return node;
    return ordinal;
  }

  /** The nearest object, the node itself or above it, that the program reaches by a name: not a buffer's store. */
  namedOwner(ordinal: number): number {
    const path = this.visiblePath(ordinal).reverse();
    const isNamed = ({ edge }: PathNode) => ['property', 'context', 'element'].includes(this.edgeType(edge));
    return path.find(isNamed)?.node ?? this.visibleOwner(ordinal);
  }

  /** All steps from the root to a node, V8's own too, as they are. */
  stepsTo(ordinal: number): (PathStep & { readonly node: number })[] {
    return this.tree.pathTo(ordinal).map((step) => ({ ...this.toStep(step), node: step.node }));
  }

  /** The step from one node to the next on a path, with `[]` for any index. */
  stepBetween(parent: number, node: number): PathStep {
    const edge = this.tree.edgeBetween(parent, node);
    const name = this.isIndexed(edge) || /^\d/.test(this.edgeName(edge)) ? '[]' : this.edgeName(edge);
    return { edge: this.edgeType(edge), name, constructor: this.className(node) };
  }

  /** Names a holder; `tail` are the nodes from it to one of the objects it holds, `isKeyed`: each by its own name. */
  name(ordinal: number, tail: readonly number[], isKeyed: boolean): Holder {
    if (this.kind.isInternalNode(ordinal)) return this.nameRoot(ordinal, tail);
    const path = this.visiblePath(ordinal);
    const steps = path.map((step) => this.toStep(step));
    const label = this.labelOf(path);
    const name = this.className(ordinal);
    const isScope = name === CONTEXT_NAME;
    const subject = isScope ? `the variables${this.describeScope(ordinal)}` : nameSubject(label.text, name);
    const place = isScope ? '' : this.describePlace(path, label.at);
    const way = this.describeTail(ordinal, tail, isKeyed);
    const text = `${subject}${place}${way}${this.describeValueSide(steps, tail)}`;
    return { name, label: label.text || name, path: collapseRepeats(steps), text };
  }

  /** Objects that hang from a root of V8's or of Node's: open handles, listeners of signals, globals. */
  private nameRoot(root: number, tail: readonly number[]): Holder {
    const member = tail.at(-1) ?? root;
    const name = this.className(member);
    const path = this.tree.pathTo(member).filter(({ edge }) => edge >= 0);
    // From one root to the next says nothing to anybody.
    const isRoot = ({ constructor: owner }: PathStep) => owner === '(synthetic)';
    const steps = collapseRepeats(path.map((step) => this.toStep(step)).filter((step) => !isRoot(step)));
    const named = steps.map(({ name: step }) => step.replace(/^\d+ \/ /, '')); // `7 / DevTools console`
    const way = named.filter((step) => step !== '' && !/^\[?\d/.test(step));
    const through = way.length > 0 ? `, through ${way.join(' → ')}` : '';
    const kept = `Node or V8 itself, which keeps each ${name} alive${through}`;
    return {
      name: this.className(root),
      label: name,
      path: steps,
      text: `${kept}${this.describeValueSide(steps, tail)}`,
    };
  }

  /** The retaining path without V8's own nodes; an edge out of such a node stands for the way through it. */
  private visiblePath(ordinal: number): PathNode[] {
    return this.tree.pathTo(ordinal).filter(({ node }) => !this.kind.isInternalNode(node));
  }

  private toStep({ node, edge }: PathNode): PathStep {
    const owner = this.className(node);
    // The root numbers what it holds: its name says more.
    return { edge: this.edgeType(edge), name: this.isFromRoot(edge) ? owner : this.edgeName(edge), constructor: owner };
  }

  /** What the program calls the last node of a path, back to an owner with a class: `options.hooks`, `drafts[]`. */
  private labelOf(path: readonly PathNode[]): Label {
    let text = '';
    let at = path.length - 1;
    for (; at > 0; at--) {
      const exported = this.exportedVariable(path[at]!);
      if (exported) return { text: joinNames(exported.name, text), at };
      const { edge } = path[at]!;
      const type = this.edgeType(edge);
      const isIndexed = this.isIndexed(edge) || isNumber(this.edgeName(edge));
      if (this.isWeakMapValue(edge)) break;
      if (type === 'internal' && !isIndexed) continue; // how it is built, not what it is called
      if (isIndexed && this.kind.isProxy(path[at - 1]!.node)) continue; // the object that a Proxy stands for
      if (this.waitingFunction(path, at) !== null) break; // V8 keeps no names of local variables
      const name = isIndexed ? '[]' : this.edgeName(edge);
      if (name === 'exports' && this.className(path[at - 1]!.node) === 'Module' && text !== '') break;
      text = joinNames(name, text);
      if (!isIndexed && !this.isPlain(path[at - 1]!.node)) break;
    }
    return { text, at };
  }

  /** A plain object or an array: a name of its own says more than its class. */
  private isPlain(ordinal: number): boolean {
    const name = this.className(ordinal);
    return name === 'Object' || name === 'Array' || name.startsWith('{');
  }

  /** Where it is: the class it is a property of, and the variable, module or global that leads there. */
  private describePlace(path: readonly PathNode[], labelStart: number): string {
    let owner = '';
    for (let at = labelStart; at > 0; at--) {
      const { edge, node } = path[at]!;
      const { node: parent } = path[at - 1]!;
      const type = this.edgeType(edge);
      const isLabel = at === labelStart;
      const exported = this.exportedVariable(path[at]!);
      if (exported?.file) {
        const what = isLabel ? '' : `, reached through \`${exported.name}\``;
        return `${owner}${what}, exported by ${exported.file}`;
      }
      if (this.isWeakMapValue(edge))
        return `${owner}, the value in a WeakMap for ${this.describeKey(path.slice(0, at))}`;
      const waiting = this.waitingFunction(path, at);
      if (waiting !== null) {
        const what = isLabel ? ', a local variable' : ', reached through a local variable';
        return `${owner}${what} of ${this.describeClosure(waiting)}, which waits`;
      }
      const file = this.className(node) === 'Module' && !isLabel ? this.fileOfModule(node, edge) : null;
      if (file !== null) return `${owner}, exported by ${file}`;
      if (type === 'context') {
        const what = isLabel ? ', a variable' : `, reached through \`${this.edgeName(edge)}\``;
        return `${owner}${what}${this.describeScope(parent)}`;
      }
      if (type === 'property' && owner === '') owner = this.describeOwner(parent);
    }
    return owner;
  }

  private describeClosure(closure: number): string {
    const { graph, sites, names } = this.grouped.heap;
    return describeFunction(names.get(graph.nodes.name[closure]!), sites.get(sites.of(closure)));
  }

  private isWeakMapValue(edge: number): boolean {
    const { graph, names } = this.grouped.heap;
    return this.edgeType(edge) === 'internal' && isEphemeronName(names.get(graph.edges.nameOf(edge)));
  }

  /** A WeakMap keeps a value as long as its key lives, so the key tells where. */
  private describeKey(path: readonly PathNode[]): string {
    const label = this.labelOf(path);
    return `${nameSubject(label.text, this.className(path.at(-1)!.node))}${this.describePlace(path, label.at)}`;
  }

  /** From the cache, a module is reached by its path; from the module that required it first, as one of its children. */
  private fileOfModule(module: number, edge: number): string | null {
    return isPath(this.edgeName(edge)) ? this.edgeName(edge) : this.landmarks.fileOfModule(module);
  }

  private waitingFunction(path: readonly PathNode[], at: number): number | null {
    return this.landmarks.waitingFunction(path[at - 1]!.node, path[at]!.edge);
  }

  private exportedVariable({ node }: PathNode): ExportedVariable | null {
    return this.landmarks.exportedVariable(this.tree.parentOf(node));
  }

  private describeOwner(owner: number): string {
    const { graph, sites, names } = this.grouped.heap;
    const isFunction = graph.nodes.type[owner] === graph.nodeType.closure;
    const name = isFunction ? names.get(graph.nodes.name[owner]!) || 'an anonymous function' : this.className(owner);
    const location = sites.get(sites.of(owner));
    const where = location?.file ? ` (${location.file}:${location.line})` : '';
    return isFunction ? `, a property of ${name}${where}` : ` of ${name}${where}`;
  }

  private describeScope(context: number): string {
    const { isModule, function: made, file } = this.scopeOf(context);
    if (made) return ` of ${describeFunction(made.name, made.location)}`;
    const where = file === null ? '' : isModule ? ` of ${file}` : ` in ${file}`;
    return `${isModule ? ' in module scope' : ' of a function'}${where}`;
  }

  /** The way from the holder to what it holds, where it is longer than one step. */
  private describeTail(holder: number, tail: readonly number[], isKeyed: boolean): string {
    const steps = collapseRepeats(this.tailSteps(holder, tail));
    if (isKeyed && steps[0]) steps[0] = { ...steps[0], name: '[key]' };
    const way = steps
      .map(({ name, repeats }) => (repeats ? `${name} ×${repeats}` : name))
      .filter((name) => name !== '');
    const isPlain = way.every((name) => name === '[]' || name === '[key]');
    return isPlain || way.length === 0 ? '' : `, through ${way.slice(0, LONGEST_TAIL).join(' → ')}`;
  }

  /** Where Node itself holds it, the application shows only in the functions that the objects carry. */
  private describeValueSide(steps: readonly PathStep[], tail: readonly number[]): string {
    const member = tail.at(-1);
    const isModuleOwned = steps.some(({ constructor: owner, name }) => owner === 'Module' && isPath(name));
    if (member === undefined || isModuleOwned) return '';
    const closure = findApplicationClosure(this.grouped.heap, member);
    if (!closure) return '';
    return `; each keeps ${closure.name || 'an anonymous function'} of ${closure.file}:${closure.line}`;
  }

  private tailSteps(holder: number, tail: readonly number[]): PathStep[] {
    const member = tail.at(-1);
    if (member === undefined) return [];
    const path = this.tree.pathTo(member);
    const start = path.findIndex(({ node }) => node === holder);
    const steps: PathStep[] = [];
    for (const step of path.slice(start + 1)) {
      if (this.kind.isInternalNode(step.node)) continue;
      const name = this.isIndexed(step.edge) || isNumber(this.edgeName(step.edge)) ? '[]' : this.edgeName(step.edge);
      steps.push({ edge: this.edgeType(step.edge), name, constructor: this.className(step.node) });
    }
    return steps;
  }

  private className(ordinal: number): string {
    return this.pair.classes[this.grouped.classOf(ordinal)]!.name;
  }

  private edgeType(edge: number): string {
    const { graph } = this.grouped.heap;
    return edge < 0 ? 'root' : graph.edgeTypeNames[graph.edges.typeOf(edge)]!;
  }

  private edgeName(edge: number): string {
    const { graph, names } = this.grouped.heap;
    if (edge < 0) return '';
    if (this.isWeakMapValue(edge)) return 'value in a WeakMap';
    const name = graph.edges.nameOf(edge);
    return this.isIndexed(edge) ? `[${name}]` : names.get(name);
  }

  private isFromRoot(edge: number): boolean {
    const { root, edges } = this.grouped.heap.graph;
    return edge >= edges.first[root]! && edge < edges.first[root + 1]!;
  }

  private isIndexed(edge: number): boolean {
    return this.kind.isIndexedEdge(this.grouped.heap.graph.edges.typeOf(edge));
  }
}

/** `pool.queue`, `pool[]`. */
const joinNames = (owner: string, name: string) =>
  name === '' || name.startsWith('[') ? owner + name : `${owner}.${name}`;

/** `serve() at src/store.js:20`. */
function describeFunction(name: string, location: SourceLocation | null): string {
  const called = name === '' ? 'an anonymous function' : `${name}()`;
  return location?.file ? `${called} at ${location.file}:${location.line}` : called;
}

const nameSubject = (label: string, name: string) => (label === '' ? name : `\`${label}\` (${name})`);

/** A module is cached by its path. */
const isPath = (name: string) => /[/\\]|^file:/.test(name);
const isNumber = (name: string) => /^\d+$/.test(name);

const LONGEST_TAIL = 6;
