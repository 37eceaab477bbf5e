/** Internal edges by name: how V8's own objects hang together. */
import type { BitVector } from './bit-vector';
import type { Graph } from './graph';
import { EdgeKind, NONE } from './loops/codes';

/** Finds where a node's first internal edge of one of these names leads, -1 when it has none. */
export function internalEdge({ edges, edgeType }: Graph, names: ReadonlySet<number>): (ordinal: number) => number {
  const isWanted = edges.byLabel((type, edge) => Number(type === edgeType.internal && names.has(edges.nameOf(edge))));
  return (ordinal) => {
    for (let edge = edges.firstOf(ordinal), end = edges.endOf(ordinal); edge < end; edge++) {
      if (isWanted(edge) === 1) return edges.targetOf(edge);
    }
    return -1;
  };
}

/** The same of all marked nodes at once, written to `targets`, {@link NONE} for nowhere. */
export function findInternalEdges(
  graph: Graph,
  marks: BitVector,
  names: ReadonlySet<number>,
  targets: Uint32Array,
): void {
  const { edges, edgeType, nodeCount, memory, scratch, loops } = graph;
  const { type, name, firstNumbered } = edges.labels;
  const kinds = memory.u8(type.length);
  for (let label = 0; label < type.length; label++) {
    if (type[label] !== edgeType.internal) continue;
    if (label < firstNumbered) kinds[label] = EdgeKind.needsLook;
    else if (names.has(name[label]!)) kinds[label] = EdgeKind.wanted;
  }
  const list = scratch.takeStack();
  const count = memory.u32(1);
  loops.findTargets(edges, marks.words, kinds, targets, list, count, 0, nodeCount);
  const find = internalEdge(graph, names);
  for (const node of list.subarray(0, count[0])) {
    const target = find(node);
    targets[node] = target < 0 ? NONE : target;
  }
  scratch.giveBackStack(list);
}
