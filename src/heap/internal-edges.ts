/** Internal edges by name: how V8's own objects hang together. */
import type { Graph } from './graph';

/** Finds where a node's first internal edge of one of these names leads, -1 when it has none. */
export function internalEdge({ edges, edgeType }: Graph, names: ReadonlySet<number>): (ordinal: number) => number {
  const { first, to } = edges;
  const isWanted = edges.byLabel((type, edge) => Number(type === edgeType.internal && names.has(edges.nameOf(edge))));
  return (ordinal) => {
    for (let edge = first[ordinal]!, end = first[ordinal + 1]!; edge < end; edge++) {
      if (isWanted(edge) === 1) return to[edge]!;
    }
    return -1;
  };
}
