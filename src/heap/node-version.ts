import type { Heap } from './heap';
import { membershipOf } from './strings';

/** The Node version that wrote a snapshot, read from its `process.version`; null when it is not Node's. */
export function findNodeVersion({ graph, names }: Heap): string | null {
  const { nodes, nodeType, edges, nodeCount, strings } = graph;
  const known = strings.indicesOf(['process', 'version']);
  const isProcess = membershipOf(known.process);
  for (let ordinal = 0; ordinal < nodeCount; ordinal++) {
    if (nodes.type[ordinal] !== nodeType.object || !isProcess(nodes.name[ordinal]!)) continue;
    for (let edge = edges.first[ordinal]!; edge < edges.first[ordinal + 1]!; edge++) {
      const target = edges.to[edge]!;
      if (!known.version.has(edges.nameOf(edge)) || nodes.type[target] !== nodeType.string) continue;
      const text = names.get(nodes.name[target]!);
      if (/^v\d+\.\d+\.\d+/.test(text)) return text;
    }
  }
  return null;
}
