// The part of a synthetic heap that does not grow with its size: roots, classes, functions, scripts, the module that
// holds everything. Built as lists, since it has a few hundred nodes.
import { EDGE, NODE } from './header.mjs';

const ROOT_LISTS = ['(Strong roots)', '(Global handles)', '(Internalized strings)', '(Builtins)', '(Stack roots)'];
const CLASSES = ['Session', 'Order', 'Entry', ...Array.from({ length: 40 }, (_, index) => `Model${index}`)];
const FUNCTIONS = 60;
const MAKERS = 12;
const SCRIPTS = 12;
const SYSTEM_NODE = 72;

export class FixedPart {
  constructor() {
    this.strings = ['<dummy>', ''];
    this.indexOfString = new Map([['', 1]]);
    this.nodes = [];
    this.locations = [];
    this.buildRoots();
    this.buildClasses();
    this.buildFunctions();
    this.buildModule();
  }

  intern(text) {
    let index = this.indexOfString.get(text);
    if (index === undefined) {
      index = this.strings.push(text) - 1;
      this.indexOfString.set(text, index);
    }
    return index;
  }

  /** Adds a node; its ordinal. */
  add(type, name, size) {
    return this.nodes.push({ type, name: this.intern(name), size, edges: [] }) - 1;
  }

  /** `name` is an index for elements, a text otherwise. */
  link(from, type, name, to) {
    this.nodes[from].edges.push(type, typeof name === 'string' ? this.intern(name) : name, to);
  }

  buildRoots() {
    const root = this.add(NODE.synthetic, '', 0);
    this.gcRoots = this.add(NODE.synthetic, '(GC roots)', 0);
    this.global = this.add(NODE.object, 'global', 40);
    this.link(root, EDGE.element, 1, this.gcRoots);
    this.link(root, EDGE.shortcut, 'global', this.global);
    this.rootLists = ROOT_LISTS.map((name, index) => {
      const list = this.add(NODE.synthetic, name, 0);
      this.link(this.gcRoots, EDGE.element, index + 1, list);
      return list;
    });
    this.metaMap = this.add(NODE.hidden, 'system / Map', SYSTEM_NODE);
    this.link(this.rootLists[0], EDGE.internal, 'meta_map', this.metaMap);
    this.link(this.rootLists[0], EDGE.internal, 'global', this.global);
  }

  /** A hidden class for instances of `name`. */
  addMap(prototype) {
    const map = this.add(NODE.objectShape, 'system / Map', SYSTEM_NODE);
    this.link(map, EDGE.internal, 'map', this.metaMap);
    if (prototype >= 0) this.link(map, EDGE.internal, 'prototype', prototype);
    return map;
  }

  buildClasses() {
    this.scripts = Array.from({ length: SCRIPTS }, (_, id) =>
      this.add(NODE.code, `/srv/app/lib/module-${id}.js`, 144 + id),
    );
    this.context = this.add(NODE.object, 'system / Context', 336);
    this.functionMap = this.addMap(-1);
    this.stringMap = this.addMap(-1);
    this.arrayMap = this.addMap(-1);
    this.contextMap = this.addMap(-1);
    for (const map of [this.functionMap, this.stringMap, this.arrayMap, this.contextMap]) {
      this.link(this.rootLists[0], EDGE.internal, 'map', map);
    }
    this.objectPrototype = this.add(NODE.object, 'Object', 28);
    this.link(this.global, EDGE.property, 'Object', this.objectPrototype);
    this.classes = new Map(CLASSES.map((name, row) => [name, this.addClass(name, row)]));
    for (const name of ['Array', 'Map', 'Date']) this.classes.set(name, this.addBuiltIn(name));
    this.shapes = Array.from({ length: 6 }, () => this.addMap(this.objectPrototype));
  }

  addClass(name, row) {
    const { closure: func } = this.addFunction(name, row);
    this.link(this.context, EDGE.context, name, func);
    return { ...this.addPrototype(func), place: this.placeOf(row) };
  }

  addBuiltIn(name) {
    const func = this.add(NODE.closure, name, 64);
    this.link(func, EDGE.internal, 'map', this.functionMap);
    this.link(this.global, EDGE.property, name, func);
    return { ...this.addPrototype(func), place: null };
  }

  addPrototype(func) {
    const prototype = this.add(NODE.object, 'Object', 24);
    this.link(func, EDGE.property, 'prototype', prototype);
    this.link(prototype, EDGE.property, 'constructor', func);
    this.link(prototype, EDGE.property, '__proto__', this.objectPrototype);
    return { prototype, map: this.addMap(prototype) };
  }

  placeOf(row) {
    return { scriptId: 100 + (row % SCRIPTS), line: 10 + row * 7, column: (row % 5) * 2 };
  }

  addFunction(name, row) {
    const shared = this.add(NODE.code, name, 56);
    this.link(shared, EDGE.internal, 'script_or_debug_info', this.scripts[row % SCRIPTS]);
    this.link(shared, EDGE.internal, 'map', this.metaMap);
    const scope = this.add(NODE.code, 'system / ScopeInfo', 40);
    this.link(shared, EDGE.internal, 'name_or_scope_info', scope);
    const closure = this.add(NODE.closure, name, 64);
    this.link(closure, EDGE.internal, 'shared', shared);
    this.link(closure, EDGE.internal, 'context', this.context);
    this.link(closure, EDGE.internal, 'map', this.functionMap);
    this.locations.push({ ordinal: closure, ...this.placeOf(row) });
    return { closure, scope };
  }

  /**
   * Shared infos only: each instance of the growing part makes its own closures of them, in contexts of a few makers.
   */
  buildFunctions() {
    this.makers = Array.from({ length: MAKERS }, (_, index) => {
      const name = `listen${index}`;
      const { closure, scope } = this.addFunction(name, CLASSES.length + FUNCTIONS + index);
      this.link(this.context, EDGE.context, name, closure);
      return scope;
    });
    this.functions = Array.from({ length: FUNCTIONS }, (_, index) => {
      const name = `on${['Close', 'Data', 'Error', 'Drain', 'Timeout'][index % 5]}${index}`;
      const row = CLASSES.length + index;
      const shared = this.add(NODE.code, name, 56);
      this.link(shared, EDGE.internal, 'script_or_debug_info', this.scripts[row % SCRIPTS]);
      return { shared, name: this.intern(name), place: this.placeOf(row), madeIn: this.makers[index % MAKERS] };
    });
  }

  /** `sessions` is a Map with one large table, `orders` an Array with one large backing store. */
  buildModule() {
    this.link(this.rootLists[1], EDGE.element, 1, this.context);
    this.link(this.context, EDGE.internal, 'map', this.contextMap);
    const sessions = this.addInstance('Map', 32);
    const orders = this.addInstance('Array', 32);
    this.sessionTable = this.add(NODE.array, '', 0);
    this.orderElements = this.add(NODE.array, '(object elements)', 0);
    this.link(this.context, EDGE.context, 'sessions', sessions);
    this.link(this.context, EDGE.context, 'orders', orders);
    this.link(sessions, EDGE.internal, 'table', this.sessionTable);
    this.link(orders, EDGE.internal, 'elements', this.orderElements);
  }

  addInstance(name, size) {
    const { prototype, map } = this.classes.get(name);
    const ordinal = this.add(NODE.object, name, size);
    this.link(ordinal, EDGE.property, '__proto__', prototype);
    this.link(ordinal, EDGE.internal, 'map', map);
    return ordinal;
  }
}
