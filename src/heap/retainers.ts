import type { Heap } from './heap';

/** Nodes other than itself that keep a node alive, by ordinal. Looks at all edges up to where the caller stops. */
export function* retainersOf({ graph, essential }: Pick<Heap, 'graph' | 'essential'>, node: number): Generator<number> {
  const { first, to } = graph.edges;
  for (let from = 0; from < graph.nodeCount; from++) {
    if (from === node) continue;
    for (let edge = first[from]!; edge < first[from + 1]!; edge++) {
      if (to[edge] !== node || !essential.has(edge)) continue;
      yield from;
      break;
    }
  }
}
