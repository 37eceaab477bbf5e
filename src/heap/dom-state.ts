/** Attached and detached DOM nodes, as DevTools' `propagateDOMState` finds them. Only Chromium's heaps have any. */
import type { Graph } from './graph';
import type { NameTable } from './names';

const UNKNOWN = 0;
const ATTACHED = 1;
const DETACHED = 2;
/** DevTools keeps the class index in the upper bits of the same field. */
const STATE_BITS = 3;

/**
 * Spreads attached and detached state from the nodes that know it to all native nodes below them, and renames detached
 * nodes to `Detached X`. Attached wins over detached.
 */
export function propagateDomState(graph: Graph, names: NameTable): void {
  const { nodes, nodeType } = graph;
  const { detachedness } = nodes;
  if (!detachedness) return;

  const visited = new Uint8Array(graph.nodeCount);
  const attached: number[] = [];
  const detached: number[] = [];
  /** One new name per string of the file, so that equal strings stay apart as they do in DevTools. */
  const renamed = new Map<number, number>();
  const detachedName = (name: number) => {
    const known = renamed.get(name) ?? names.add(`Detached ${names.get(name)}`);
    renamed.set(name, known);
    return known;
  };
  const visit = (ordinal: number, state: number) => {
    if (visited[ordinal]) return;
    visited[ordinal] = 1;
    // JavaScript objects do not carry the state on: every way into the embedder is a native node that knows its own.
    if (nodes.type[ordinal] !== nodeType.native) return;
    detachedness[ordinal] = state;
    if (state === ATTACHED) attached.push(ordinal);
    else if (state === DETACHED) {
      nodes.name[ordinal] = detachedName(nodes.name[ordinal]!);
      detached.push(ordinal);
    }
  };

  for (let ordinal = 0; ordinal < graph.nodeCount; ordinal++) {
    const state = detachedness[ordinal]! & STATE_BITS;
    if (state !== UNKNOWN) visit(ordinal, state);
  }
  spread(graph, attached, (child) => visit(child, ATTACHED));
  spread(graph, detached, (child) => visit(child, DETACHED));
}

/** Empties `worklist`, calling `visitChild` (which may push to it) for what its nodes point to. */
function spread(graph: Graph, worklist: number[], visitChild: (ordinal: number) => void): void {
  const { edges, edgeType } = graph;
  for (let ordinal = worklist.pop(); ordinal !== undefined; ordinal = worklist.pop()) {
    for (let edge = edges.firstOf(ordinal), end = edges.endOf(ordinal); edge < end; edge++) {
      const type = edges.typeOf(edge);
      if (type !== edgeType.hidden && type !== edgeType.weak) visitChild(edges.targetOf(edge));
    }
  }
}
