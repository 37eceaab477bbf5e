import { positionsOf } from './columns';
import type { Heap } from './heap';

/** The Node version that wrote a snapshot, read from its `process.version`; null when it is not Node's. */
export function findNodeVersion({ graph, names }: Heap): string | null {
  const { nodes, nodeType, edges, strings } = graph;
  const known = strings.indicesOf(['process', 'version']);
  const named = [...known.process].flatMap((name) => [...positionsOf(nodes.name, name)]);
  for (const ordinal of named) {
    if (nodes.type[ordinal] !== nodeType.object) continue;
    for (let edge = edges.firstOf(ordinal), end = edges.endOf(ordinal); edge < end; edge++) {
      const target = edges.targetOf(edge);
      if (!known.version.has(edges.nameOf(edge)) || nodes.type[target] !== nodeType.string) continue;
      const text = names.get(nodes.name[target]!);
      if (/^v\d+\.\d+\.\d+/.test(text)) return text;
    }
  }
  return null;
}
