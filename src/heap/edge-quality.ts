/** How well an edge explains why its target is alive: by its name and by what it starts from. */
import { EphemeronNames } from './ephemerons';
import { findContextNames } from './functions';
import type { Graph } from './graph';
import { BAD, BY_NAME, CONTEXT_NAME, EDGE_WORD, GOOD, POOR, ROOT_WORD, RUNNING } from './loops/codes';

/** What tells the quality of an edge, {@link GOOD}, {@link POOR} or {@link BAD}: the first of these that is not good. */
export interface EdgeQualities {
  /** By label of the edge; {@link BY_NAME} where the names of edges tell. */
  readonly ofLabel: Uint8Array;
  /** By type of the node that it starts from; {@link BY_NAME} where the node's name tells. */
  readonly ofSource: Uint8Array;
  /**
   * By string. What it says of an edge of that name is in the bits {@link EDGE_WORD}; of edges from a root of that name in
   * {@link ROOT_WORD}, {@link RUNNING} where the target's name tells; {@link CONTEXT_NAME} is set in names of contexts.
   */
  readonly ofWord: Uint8Array;
}

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

const found = new WeakMap<Graph, EdgeQualities>();

/** Found once: each search asks. */
export function edgeQualitiesOf(graph: Graph): EdgeQualities {
  const known = found.get(graph) ?? findQualities(graph);
  found.set(graph, known);
  return known;
}

function findQualities(graph: Graph): EdgeQualities {
  const { edges, edgeType, nodeType, memory } = graph;
  const ofWord = judgeWords(graph);
  const { type, name, firstNumbered } = edges.labels;
  const ofLabel = memory.u8(type.length);
  for (let label = 0; label < type.length; label++) {
    if (type[label] !== edgeType.internal && type[label] !== edgeType.property) continue; // others are good
    ofLabel[label] = label < firstNumbered ? BY_NAME : ofWord[name[label]!]! & EDGE_WORD.mask;
  }
  const ofSource = memory.u8(graph.nodeTypeNames.length);
  // What hidden classes, code and V8's hidden objects point to is rarely held by them.
  for (const poor of [nodeType.code, nodeType.objectShape, nodeType.hidden]) if (poor >= 0) ofSource[poor] = POOR;
  if (nodeType.synthetic >= 0) ofSource[nodeType.synthetic] = BY_NAME;
  return { ofLabel, ofSource, ofWord };
}

function judgeWords({ strings, memory }: Graph): Uint8Array {
  const words = memory.u8(strings.count);
  const set = ({ shift, mask }: typeof EDGE_WORD | typeof ROOT_WORD, value: number, names: Iterable<number>) => {
    for (const name of names) words[name] = (words[name]! & ~(mask << shift)) | (value << shift);
  };
  set(EDGE_WORD, POOR, unionOf(strings.indicesOf(POOR_EDGES)));
  set(EDGE_WORD, BAD, unionOf(strings.indicesOf(AGENT_EDGES)));
  EphemeronNames.of(strings).indices.each((name) => {
    words[name] = BAD;
  });
  set(ROOT_WORD, RUNNING, unionOf(strings.indicesOf(RUNNING_ROOTS)));
  set(ROOT_WORD, POOR, unionOf(strings.indicesOf(POOR_ROOTS)));
  set(ROOT_WORD, BAD, unionOf(strings.indicesOf(BAD_ROOTS)));
  for (const name of findContextNames(strings)) words[name]! |= CONTEXT_NAME;
  return words;
}

function unionOf(sets: Record<string, ReadonlySet<number>>): Set<number> {
  return new Set(Object.values(sets).flatMap((set) => [...set]));
}
