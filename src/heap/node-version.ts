import type { Graph } from './graph';
import type { Heap } from './heap';

/** The Node version that wrote a snapshot, read from its `process.version`; null when it is not Node's. */
export function findNodeVersion({ graph, names }: Heap): string | null {
  const { nodes, nodeType, edges, strings } = graph;
  const known = strings.indicesOf(['process', 'version']);
  for (const ordinal of nodesNamed(graph, known.process)) {
    if (nodes.type[ordinal] !== nodeType.object) continue;
    for (let edge = edges.first[ordinal]!; edge < edges.first[ordinal + 1]!; edge++) {
      const target = edges.to[edge]!;
      if (!known.version.has(edges.nameOf(edge)) || nodes.type[target] !== nodeType.string) continue;
      const text = names.get(nodes.name[target]!);
      if (/^v\d+\.\d+\.\d+/.test(text)) return text;
    }
  }
  return null;
}

function* nodesNamed({ nodes }: Graph, names: ReadonlySet<number>): Generator<number> {
  for (const name of names) {
    for (let at = nodes.name.indexOf(name); at >= 0; at = nodes.name.indexOf(name, at + 1)) yield at;
  }
}
