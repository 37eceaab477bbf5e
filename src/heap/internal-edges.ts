/** Internal edges by name: how V8's own objects hang together. */
import type { Graph } from './graph';

const MATCHES = 1;
/** The label does not tell: the name is a rare one. */
const MAY_MATCH = 2;

/** Finds where a node's first internal edge of one of these names leads, -1 when it has none. */
export function internalEdge({ edges, edgeType }: Graph, names: ReadonlySet<number>): (ordinal: number) => number {
  const { first, to, label, labels } = edges;
  const verdict = new Uint8Array(labels.type.length);
  labels.type.forEach((type, at) => {
    if (type !== edgeType.internal) return;
    if (at < labels.firstNumbered) verdict[at] = MAY_MATCH;
    else if (names.has(labels.name[at]!)) verdict[at] = MATCHES;
  });
  return (ordinal) => {
    for (let edge = first[ordinal]!, end = first[ordinal + 1]!; edge < end; edge++) {
      const found = verdict[label[edge]!]!;
      if (found === MATCHES || (found === MAY_MATCH && names.has(edges.nameOf(edge)))) return to[edge]!;
    }
    return -1;
  };
}
