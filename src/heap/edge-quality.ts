/** How well an edge explains why its target is alive: by its name and by what it starts from. */
import { EphemeronNames } from './ephemerons';
import { findContextNames } from './functions';
import type { Graph } from './graph';

export const GOOD = 0;
export const POOR = 1;
export const BAD = 2;

/** Edge names that lead to how an object works instead of what it is for. */
const POOR_EDGES = [
  'map', 'prototype', '__proto__', 'constructor', 'feedback_cell', 'code', 'dependent_code', 'initial_map',
  'native_context', 'shared', 'scope_info', 'transition', 'descriptors', 'back_pointer', 'own_names', 'properties_template',
  'native_to_javascript',
] as const; // biome-ignore format: a word list

/** heapdiff's own agent sees everything through its module; nothing is held by it. */
const AGENT_EDGES = ['<symbol heapdiff.agent>'] as const;

const BAD_ROOTS = ['(Internalized strings)', '(External strings)', '(Weak roots)', '(Weak refs)'] as const;
const POOR_ROOTS = ['(Compilation cache)', '(Builtins)', '(Debugger)'] as const;
/** What code that runs has in its hands: the scopes that it runs in tell more than single values. */
const RUNNING_ROOTS = ['(Handle scope)', '(Stack roots)'] as const;

/** Returns GOOD, POOR or BAD for an edge and the node that it starts from. */
export function createEdgeJudge(graph: Graph): (node: number, edge: number) => number {
  const { nodes, nodeType, edges, edgeType, strings } = graph;
  const qualityOfName = judgeNames(graph);
  const qualityOfEdge = edges.byLabel((type, edge) =>
    type === edgeType.internal || type === edgeType.property ? qualityOfName[edges.nameOf(edge)]! : GOOD,
  );
  const badRoots = unionOf(strings.indicesOf(BAD_ROOTS));
  const poorRoots = unionOf(strings.indicesOf(POOR_ROOTS));
  const runningRoots = unionOf(strings.indicesOf(RUNNING_ROOTS));
  const contextNames = findContextNames(strings);
  const isPoorSource = poorSourceTypes(graph);

  return (node, edge) => {
    const quality = qualityOfEdge(edge);
    if (quality !== GOOD) return quality;
    const source = nodes.type[node]!;
    if (isPoorSource[source] === 1) return POOR;
    if (source === nodeType.synthetic) {
      if (badRoots.has(nodes.name[node]!)) return BAD;
      if (poorRoots.has(nodes.name[node]!)) return POOR;
      if (runningRoots.has(nodes.name[node]!)) return contextNames.has(nodes.name[edges.targetOf(edge)]!) ? POOR : BAD;
    }
    return GOOD;
  };
}

/** What the names of property and internal edges say of them, by string index. */
function judgeNames({ strings }: Graph): Uint8Array {
  const quality = new Uint8Array(strings.count);
  for (const name of unionOf(strings.indicesOf(POOR_EDGES))) quality[name] = POOR;
  for (const name of unionOf(strings.indicesOf(AGENT_EDGES))) quality[name] = BAD;
  EphemeronNames.of(strings).indices.each((name) => {
    quality[name] = BAD;
  });
  return quality;
}

/** What hidden classes, code and V8's hidden objects point to is rarely held by them. */
function poorSourceTypes({ nodeTypeNames, nodeType }: Graph): Uint8Array {
  const poor = new Uint8Array(nodeTypeNames.length);
  for (const type of [nodeType.code, nodeType.objectShape, nodeType.hidden]) if (type >= 0) poor[type] = 1;
  return poor;
}

function unionOf(sets: Record<string, ReadonlySet<number>>): Set<number> {
  return new Set(Object.values(sets).flatMap((set) => [...set]));
}
