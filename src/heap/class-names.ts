/** DevTools' class names, one per node: `calculateObjectNames` and the shapes of plain objects. */
import type { Graph } from './graph';
import type { NameTable } from './names';
import { applyShapes, type ShapeDefinition } from './shapes';

/** Index of the name of each node's class, by ordinal, in a scratch column; plain objects are named by `shapes`. */
export function nameClasses(graph: Graph, names: NameTable, shapes: readonly ShapeDefinition[]): Uint32Array {
  const nameOf = graph.scratch.take();
  nameByType(graph, names, nameOf);
  applyShapes(graph, names, shapes, (ordinal, shape) => {
    nameOf[ordinal] = names.derive(shape);
  });
  return nameOf;
}

function nameByType(graph: Graph, names: NameTable, nameOf: Uint32Array): void {
  const { nodes, nodeType, nodeTypeNames, nodeCount } = graph;
  const byType = nodeTypeNames.map((name) => names.derive(`(${name})`));
  const give = (type: number, name: string) => {
    if (type >= 0) byType[type] = names.derive(name);
  };
  give(nodeType.hidden, '(system)');
  give(nodeType.code, '(compiled code)');
  give(nodeType.closure, 'Function');
  give(nodeType.regexp, 'RegExp');
  /** Class name + 1 by name of an object; 0 is not looked up yet. */
  const tags = new Uint32Array(names.count);
  for (let ordinal = 0; ordinal < nodeCount; ordinal++) {
    const type = nodes.type[ordinal]!;
    const isNamed = type === nodeType.object || type === nodeType.native;
    if (!isNamed) {
      nameOf[ordinal] = byType[type]!;
      continue;
    }
    const name = nodes.name[ordinal]!;
    if (tags[name] === 0) tags[name] = nameByTag(names, name) + 1;
    nameOf[ordinal] = tags[name]! - 1;
  }
}

const LESS_THAN = 0x3c;
const LETTER_D = 0x44;
/** Begins an escape, which may stand for either. */
const BACKSLASH = 0x5c;

/** `<div id="a">` is of class `<div>`, `Detached <div id="a">` of class `Detached <div>`; other names stay. */
function nameByTag(names: NameTable, name: number): number {
  const { strings } = names;
  if (name < strings.count) {
    const first = strings.firstByte(name);
    if (first !== LESS_THAN && first !== LETTER_D && first !== BACKSLASH) return name;
  }
  const text = names.get(name);
  const start = text.startsWith('<') ? 0 : text.startsWith('Detached <') ? 'Detached <'.length : -1;
  if (start < 0) return name;
  const space = text.indexOf(' ', start);
  return names.derive(space < 0 ? text : `${text.slice(0, space)}>`);
}
