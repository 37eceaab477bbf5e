/** Questions about a node or an edge that many places ask, by its type number. */
import type { Graph } from './graph';

export class NodeKind {
  constructor(private readonly graph: Graph) {}

  /** Element and hidden edges are named by a number. */
  isIndexedEdge(type: number): boolean {
    const { edgeType } = this.graph;
    return type === edgeType.element || type === edgeType.hidden;
  }

  /** Not the program's own: backing stores, tables, hidden classes, code, V8's roots. */
  isInternalNode(ordinal: number): boolean {
    const { nodes, nodeType } = this.graph;
    const type = nodes.type[ordinal]!;
    return (
      type === nodeType.array ||
      type === nodeType.hidden ||
      type === nodeType.code ||
      type === nodeType.objectShape ||
      type === nodeType.synthetic
    );
  }
}
