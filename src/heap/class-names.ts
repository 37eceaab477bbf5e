/** DevTools' class names, one per node: `calculateObjectNames` and the shapes of plain objects. */
import { BitVector } from './bit-vector';
import type { Graph } from './graph';
import type { NameTable } from './names';
import { tableByType } from './node-kind';
import type { PlainObjects } from './plain-objects';
import { BACKSLASH } from './scan/ascii';
import { applyShapes, type ShapeDefinition } from './shapes';

/** A heap as far as names need it. */
export interface NamedNodes {
  readonly graph: Graph;
  readonly names: NameTable;
  readonly plain: PlainObjects;
}

/** Index of the name of each node's class, by ordinal, in a scratch column; plain objects are named by `shapes`. */
export function nameClasses({ graph, names, plain }: NamedNodes, shapes: readonly ShapeDefinition[]): Uint32Array {
  const nameOf = graph.scratch.take();
  nameByType(graph, names, nameOf);
  applyShapes(plain, shapes, nameOf);
  return nameOf;
}

function nameByType(graph: Graph, names: NameTable, nameOf: Uint32Array): void {
  const { nodes, nodeType, nodeTypeNames, nodeCount, memory, scratch, loops } = graph;
  const byType = memory.u32(nodeTypeNames.length);
  byType.set(nodeTypeNames.map((name) => names.derive(`(${name})`)));
  const give = (type: number, name: string) => {
    if (type >= 0) byType[type] = names.derive(name);
  };
  give(nodeType.hidden, '(system)');
  give(nodeType.code, '(compiled code)');
  give(nodeType.closure, 'Function');
  give(nodeType.regexp, 'RegExp');
  const isNamed = tableByType(graph, { object: 1, native: 1 });
  // Each name of an object is looked at once.
  const nameCount = names.count;
  const seen = BitVector.in(memory, nameCount).words;
  const list = scratch.takeStack();
  const count = memory.u32(1);
  loops.listNames(nodes.type, nodes.name, isNamed, seen, list, count, 0, nodeCount);
  const byName = memory.u32(nameCount);
  for (const name of list.subarray(0, count[0])) byName[name] = nameByTag(names, name);
  scratch.giveBackStack(list);
  loops.nameNodes(nodes.type, nodes.name, isNamed, byType, byName, nameOf, 0, nodeCount);
}

const LESS_THAN = 0x3c;
const LETTER_D = 0x44;

/** `<div id="a">` is of class `<div>`, `Detached <div id="a">` of class `Detached <div>`; other names stay. */
function nameByTag(names: NameTable, name: number): number {
  const { strings } = names;
  if (name < strings.count) {
    const first = strings.firstByte(name);
    // A backslash begins an escape, which may stand for either.
    if (first !== LESS_THAN && first !== LETTER_D && first !== BACKSLASH) return name;
  }
  const text = names.get(name);
  const start = text.startsWith('<') ? 0 : text.startsWith('Detached <') ? 'Detached <'.length : -1;
  if (start < 0) return name;
  const space = text.indexOf(' ', start);
  return names.derive(space < 0 ? text : `${text.slice(0, space)}>`);
}
