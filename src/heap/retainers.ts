/** Who refers to a node: files know edges from their beginnings only, so all of them are looked at, quickly. */
import { nodeOfEdge } from './edge-ranges';
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
    yield { from: nodeOfEdge(edges.ranges, edge), edge };
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
