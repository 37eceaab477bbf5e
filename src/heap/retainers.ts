/** Who refers to a node: files know edges from their beginnings only, so all of them are looked at, quickly. */
import type { Graph } from './graph';
import type { Heap } from './heap';
import { edgesBetween } from './targets';

/** An edge, by its position, and the ordinal of the node that it comes from. */
export interface EdgeFrom {
  readonly from: number;
  readonly edge: number;
}

/** Edges that lead to a node, in the order of the nodes they come from. */
export function* edgesTo({ edges }: Pick<Graph, 'edges'>, node: number): Generator<EdgeFrom> {
  for (const edge of edgesBetween(edges.to, node, 0, edges.label.length)) {
    yield { from: ownerOf(edges.first, edge), edge };
  }
}

/** Nodes other than itself that keep a node alive, by ordinal. */
export function* retainersOf({ graph, essential }: Pick<Heap, 'graph' | 'essential'>, node: number): Generator<number> {
  let last = node;
  for (const { from, edge } of edgesTo(graph, node)) {
    if (from === last || from === node || !essential.has(edge)) continue;
    last = from;
    yield from;
  }
}

/** The node whose edges an edge is one of: the last that begins at it or before. */
function ownerOf(first: Uint32Array, edge: number): number {
  let low = 0;
  let high = first.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if (first[middle]! <= edge) low = middle;
    else high = middle;
  }
  return low;
}
