/** Strings whose text lies outside of V8's heap: large ones that Node read from Buffers, and the sources of its own modules. */
import type { Graph } from './graph';
import { internalEdge } from './internal-edges';
import { EXTERNAL_STRING_MAPS } from './well-known-names';

/** Shorter ones make no sum: Node leaves texts of less than a megabyte inside the heap, but for its own sources. */
const SHORTEST_BYTES = 1024;

/**
 * Ordinals of those whose size counts their text, as V8 writes it from Node 24 on; only their hidden classes tell them from
 * others. Of older ones the size is that of the object alone, which is inside.
 */
export function findExternalStrings(graph: Graph): number[] {
  const { nodes, nodeType, nodeCount, strings } = graph;
  const { type, sizes } = nodes;
  const maps = new Set(Object.values(strings.indicesOf(EXTERNAL_STRING_MAPS)).flatMap((indices) => [...indices]));
  if (maps.size === 0) return [];
  const mapOf = internalEdge(graph, strings.indicesOf(['map']).map);
  const found: number[] = [];
  for (let ordinal = 0; ordinal < nodeCount; ordinal++) {
    if (sizes.near[ordinal]! < SHORTEST_BYTES || type[ordinal] !== nodeType.string) continue;
    const map = mapOf(ordinal);
    if (map >= 0 && maps.has(nodes.name[map]!)) found.push(ordinal);
  }
  return found;
}
