/** Questions about a node or an edge that many places ask, by its type number. */
import type { NodeTypeNumbers } from './format';
import type { Graph } from './graph';
import { isDigit } from './scan/ascii';
import { membershipOf } from './strings';

/** What V8 calls a Proxy, which it counts among its own. */
export const PROXY = 'system / JSProxy';

/** A byte for each type of nodes, 0 for those that are not named: a table for the loops over all nodes. */
export function tableByType(
  { nodeType, nodeTypeNames, memory }: Graph,
  values: Partial<Record<keyof NodeTypeNumbers, number>>,
): Uint8Array {
  const table = memory.u8(nodeTypeNames.length);
  for (const [name, value] of Object.entries(values)) {
    const type = nodeType[name as keyof NodeTypeNumbers];
    if (type >= 0) table[type] = value;
  }
  return table;
}

export class NodeKind {
  private readonly isProxyName: (name: number) => boolean;

  constructor(private readonly graph: Graph) {
    this.isProxyName = membershipOf(graph.strings.indicesOf([PROXY])[PROXY]);
  }

  /** Element and hidden edges are named by a number. */
  isIndexedEdge(type: number): boolean {
    const { edgeType } = this.graph;
    return type === edgeType.element || type === edgeType.hidden;
  }

  /**
   * Whether an edge is named by an index: a number, or that of an entry in the tables of Maps and WeakMaps, which ids may
   * follow. A property that begins with a digit is a key like any other; V8 writes those that are an array's index as
   * elements.
   */
  isIndex(edge: number): boolean {
    const { edges, edgeType, strings } = this.graph;
    const type = edges.typeOf(edge);
    if (this.isIndexedEdge(type)) return true;
    return type !== edgeType.property && isDigit(strings.firstByte(edges.nameOf(edge)));
  }

  /** A Proxy is the program's: it stands for the object behind it. */
  isProxy(ordinal: number): boolean {
    const { nodes, nodeType } = this.graph;
    return nodes.type[ordinal] === nodeType.hidden && this.isProxyName(nodes.name[ordinal]!);
  }

  /** Not the program's own: backing stores, tables, hidden classes, code, V8's roots. */
  isInternalNode(ordinal: number): boolean {
    const { nodes, nodeType } = this.graph;
    const type = nodes.type[ordinal]!;
    return (
      type === nodeType.array ||
      (type === nodeType.hidden && !this.isProxy(ordinal)) ||
      type === nodeType.code ||
      type === nodeType.objectShape ||
      type === nodeType.synthetic
    );
  }
}
