/** A holder as a person would name it: `drafts` (Map), a variable in module scope of src/store.js. */
import { CONTEXT_NAME } from '../../heap/functions';
import type { PathNode, RetainingTree } from '../../heap/retaining-tree';
import { createScopeReader, type Scope, type ScopeReader, type ScopeVariable } from '../../heap/scopes';
import type { Holder, PathStep } from '../types';
import { collapseRepeats } from './collapse-repeats';
import { sampleEvenly } from './convergence';
import type { GroupedHeap, HeapPair } from './groups';
import { Landmarks } from './landmarks';
import { PathReader } from './path-reader';
import type { Ordinals } from './side';
import { describeFunction, describeLocation } from './source-text';
import { describeTail } from './tail';
import { findApplicationClosure } from './value-side';

/** A label and the index in the path of the step that it begins with. */
interface Label {
  readonly text: string;
  readonly at: number;
}

/** A variable and where it is: ` exported by src/bus.js`, ` in module scope of src/bus.js`. */
interface Variable {
  readonly name: string;
  /** Null when the heap does not tell. */
  readonly place: string | null;
  readonly isExported: boolean;
}

/** What is said of the members holds for so many of them. */
const MEMBERS_ASKED = 31;
/** Of the two ports of a channel one has the listener: what fewer keep is chance. */
const KEPT_BY_SOME = 0.45;

/** Names holders of the `after` heap. */
export class HolderNamer {
  private readonly scopes: ScopeReader;
  /** By value. */
  private readonly variables = new Map<number, Variable>();
  private readonly grouped: GroupedHeap;
  private readonly landmarks: Landmarks;
  readonly paths: PathReader;

  constructor(
    pair: HeapPair,
    private readonly tree: RetainingTree,
  ) {
    this.grouped = pair.after;
    this.paths = new PathReader(pair, tree);
    this.scopes = createScopeReader(pair.after.heap);
    this.landmarks = new Landmarks(pair.after.heap);
  }

  /** Names a holder of `members`; `tail` are the nodes from it to one of the objects it holds, mostly one of them. */
  name(ordinal: number, tail: readonly number[], members: Ordinals): Holder {
    if (this.paths.kind.isInternalNode(ordinal)) return this.nameRoot(ordinal, tail, members);
    const path = this.paths.visiblePath(ordinal);
    const steps = path.map((step) => this.paths.toStep(step));
    const label = this.labelOf(path);
    const name = this.paths.className(ordinal);
    const isScope = name === CONTEXT_NAME;
    const subject = isScope ? `the variables${this.describeScope(ordinal)}` : nameSubject(label.text, name);
    const place = isScope ? '' : this.describePlace(path, label.at);
    const way = tail.length > 0 ? describeTail(this.paths, ordinal, tail.at(-1)!, members) : '';
    const text = `${subject}${place}${way}${this.describeValueSide(steps, tail, members)}`;
    return { name, label: label.text || name, path: collapseRepeats(steps), text };
  }

  /** Objects that hang from a root of V8's or of Node's: open handles, listeners of signals, globals. */
  private nameRoot(root: number, tail: readonly number[], members: Ordinals): Holder {
    const member = tail.at(-1) ?? root;
    const name = this.paths.className(member);
    const whole = this.tree.pathTo(member).filter(({ edge }) => edge >= 0);
    // Which function of a realm the path leads through is chance.
    const path = this.paths.isRealm(root) ? whole.slice(whole.findIndex(({ node }) => node === root) + 1) : whole;
    // From one root to the next says nothing to anybody.
    const isRoot = ({ constructor: owner }: PathStep) => owner === '(synthetic)';
    const steps = collapseRepeats(path.map((step) => this.paths.toStep(step)).filter((step) => !isRoot(step)));
    const named = steps.map(({ name: step }) => step.replace(/^\d+ \/ /, '')); // `7 / DevTools console`
    const way = named.filter((step) => step !== '' && !/^\[?\d|^native_to_javascript$/.test(step));
    const through = way.length > 0 ? `, through ${way.join(' → ')}` : '';
    const kept = `Node or V8 itself, which keeps each ${name} alive${through}`;
    return {
      name: this.paths.className(root),
      label: name,
      path: steps,
      text: `${kept}${this.describeValueSide(steps, tail, members)}`,
    };
  }

  /** What the program calls the last node of a path, back to an owner with a class: `options.hooks`, `drafts[]`. */
  private labelOf(path: readonly PathNode[]): Label {
    let text = '';
    let at = path.length - 1;
    for (; at > 0; at--) {
      const variable = this.variableAt(path, at);
      if (variable) return { text: joinNames(variable.name, text), at };
      const { edge } = path[at]!;
      const type = this.paths.edgeType(edge);
      const isIndexed = this.paths.isIndexed(edge) || isNumber(this.paths.edgeName(edge));
      if (this.paths.isWeakMapValue(edge)) break;
      if (type === 'internal' && !isIndexed) continue; // how it is built, not what it is called
      if (isIndexed && this.paths.kind.isProxy(path[at - 1]!.node)) continue; // the object that a Proxy stands for
      if (this.waitingFunction(path, at) !== null) break; // V8 keeps no names of local variables
      const name = isIndexed ? '[]' : this.paths.edgeName(edge);
      if (name === 'exports' && this.paths.className(path[at - 1]!.node) === 'Module' && text !== '') break;
      text = joinNames(name, text);
      if (!isIndexed && !this.isPlain(path[at - 1]!.node)) break;
    }
    return { text, at };
  }

  /** A plain object or an array: a name of its own says more than its class. */
  private isPlain(ordinal: number): boolean {
    const name = this.paths.className(ordinal);
    return name === 'Object' || name === 'Array' || name.startsWith('{');
  }

  /** Where it is: the class it is a property of, and the variable, module or global that leads there. */
  private describePlace(path: readonly PathNode[], labelStart: number): string {
    let owner = '';
    for (let at = labelStart; at > 0; at--) {
      const { edge, node } = path[at]!;
      const { node: parent } = path[at - 1]!;
      const type = this.paths.edgeType(edge);
      const isLabel = at === labelStart;
      const variable = this.variableAt(path, at);
      if (variable?.place) {
        const what = !isLabel ? `, reached through \`${variable.name}\`` : variable.isExported ? ',' : ', a variable';
        return `${owner}${what}${variable.place}`;
      }
      if (this.paths.isWeakMapValue(edge))
        return `${owner}, the value in ${this.nameWeakMap(edge)} for ${this.describeKey(path.slice(0, at))}`;
      const waiting = this.waitingFunction(path, at);
      if (waiting !== null) {
        const what = isLabel ? ', a local variable' : ', reached through a local variable';
        return `${owner}${what} of ${this.describeClosure(waiting)}, which waits`;
      }
      const file = this.paths.className(node) === 'Module' && !isLabel ? this.fileOfModule(node, edge) : null;
      if (file !== null) {
        const isExported = this.paths.edgeName(path[at + 1]!.edge) === 'exports';
        return isExported ? `${owner}, exported by ${file}` : `${owner} of the module ${file}`;
      }
      // A module's object is no owner that helps: its file does.
      const isModule = this.paths.className(parent) === 'Module' && this.landmarks.fileOfModule(parent) !== null;
      if (type === 'property' && owner === '' && !isModule) owner = this.describeOwner(parent);
    }
    return owner;
  }

  private describeClosure(closure: number): string {
    const { graph, sites, names } = this.grouped.heap;
    return describeFunction(names.get(graph.nodes.name[closure]!), sites.get(sites.of(closure)));
  }

  /** `memo` (WeakMap), where the program has a name for it. */
  private nameWeakMap(edge: number): string {
    const weakMap = this.paths.weakMapOf(edge);
    const label = weakMap === null ? '' : this.labelOf(this.paths.visiblePath(weakMap)).text;
    return label === '' ? 'a WeakMap' : nameSubject(label, this.paths.className(weakMap!));
  }

  /** A WeakMap keeps a value as long as its key lives, so the key tells where. */
  private describeKey(path: readonly PathNode[]): string {
    const label = this.labelOf(path);
    const name = this.paths.className(path.at(-1)!.node);
    const isEntry = /^(\[\])*$/.test(label.text); // of something that has no name either
    const subject = isEntry ? `${/^[AEIOU]/i.test(name) ? 'an' : 'a'} ${name}` : nameSubject(label.text, name);
    return `${subject}${this.describePlace(path, label.at)}`;
  }

  /** From the cache, a module is reached by its path; from the module that required it first, as one of its children. */
  private fileOfModule(module: number, edge: number): string | null {
    return isPath(this.paths.edgeName(edge)) ? this.paths.edgeName(edge) : this.landmarks.fileOfModule(module);
  }

  private waitingFunction(path: readonly PathNode[], at: number): number | null {
    return this.landmarks.waitingFunction(path[at - 1]!.node, path[at]!.edge);
  }

  /**
   * The variable that a step of a path leads through; null for other steps. Of all variables that hold a value, the
   * module's that exports it tells most; a module's more than a function's that happened to get it.
   */
  private variableAt(path: readonly PathNode[], at: number): Variable | null {
    const { node, edge } = path[at]!;
    const cell = this.landmarks.exportedVariable(this.tree.parentOf(node));
    if (cell) return { name: cell.name, place: cell.file && ` exported by ${cell.file}`, isExported: true };
    if (this.paths.edgeType(edge) !== 'context') return null;
    let variable = this.variables.get(node);
    if (!variable) {
      variable = this.findVariable(node, { name: this.paths.edgeName(edge), context: path[at - 1]!.node });
      this.variables.set(node, variable);
    }
    return variable;
  }

  private findVariable(value: number, found: ScopeVariable): Variable {
    const scope = this.scopes.read(found.context);
    const exports = this.landmarks.exportsOf(value);
    if (exports[0] && !exports.some(({ file }) => scope.isModule && file === scope.file)) {
      const { name, file } = exports[0];
      return { name: name || found.name, place: ` exported by ${file}`, isExported: true };
    }
    const others = scope.isModule ? [] : this.scopes.moduleVariablesOf(value);
    const { name, context } = others.find((other) => isOfFile(this.scopes.read(other.context))) ?? found;
    return { name, place: this.describeScope(context), isExported: false };
  }

  private describeOwner(owner: number): string {
    const { graph, sites, names } = this.grouped.heap;
    const isFunction = graph.nodes.type[owner] === graph.nodeType.closure;
    const name = isFunction
      ? names.get(graph.nodes.name[owner]!) || 'an anonymous function'
      : this.paths.className(owner);
    const place = describeLocation(sites.get(sites.of(owner)));
    const where = place === null ? '' : ` (${place})`;
    return isFunction ? `, a property of ${name}${where}` : ` of ${name}${where}`;
  }

  private describeScope(context: number): string {
    const { isModule, function: made, file } = this.scopes.read(context);
    if (made) return ` of ${describeFunction(made.name, made.location)}`;
    const where = file === null ? '' : isModule ? ` of ${file}` : ` in ${file}`;
    return `${isModule ? ' in module scope' : ' of a function'}${where}`;
  }

  /** Where Node itself holds it, the application shows only in the functions that the objects carry. */
  private describeValueSide(steps: readonly PathStep[], tail: readonly number[], members: Ordinals): string {
    const member = tail.at(-1);
    const isModuleOwned = steps.some(({ constructor: owner, name }) => owner === 'Module' && isPath(name));
    if (member === undefined || isModuleOwned) return '';
    const keptBy = (node: number) => {
      const closure = findApplicationClosure(this.grouped.heap, node);
      return closure && `${closure.name || 'an anonymous function'} of ${describeLocation(closure.location)}`;
    };
    const asked = sampleEvenly(members, MEMBERS_ASKED);
    const counts = new Map<string, number>();
    for (const kept of asked.map(keptBy)) if (kept) counts.set(kept, (counts.get(kept) ?? 0) + 1);
    const [most] = [...counts].sort((a, b) => b[1] - a[1]);
    if (!most || most[1] < asked.length * KEPT_BY_SOME) return '';
    return most[1] === asked.length ? `; each keeps ${most[0]}` : `; some of them keep ${most[0]}`;
  }
}

/** `pool.queue`, `pool[]`. */
const joinNames = (owner: string, name: string) =>
  name === '' || name.startsWith('[') ? owner + name : `${owner}.${name}`;

/** Node's own modules see what all do. */
const isOfFile = ({ file }: Scope) => file !== null && !file.startsWith('node:');

const nameSubject = (label: string, name: string) => (label === '' ? name : `\`${label}\` (${name})`);

/** A module is cached by its path. */
const isPath = (name: string) => /[/\\]|^file:/.test(name);
const isNumber = (name: string) => /^\d+$/.test(name);
