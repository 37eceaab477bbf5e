/**
 * Heaps as edge lists, so that a test shows its graph. Edges are written as DevTools writes them:
 *
 *     root -> a             property, named like its target
 *     a .next -> b          property        a [3] -> b        element
 *     a {map} -> b          internal        a #5 -> b         hidden
 *     a $scope -> b         context         a !self -> b      shortcut
 *     a [[ref]] -> b        weak
 *
 * Nodes get their ordinals in the order of their first mention; `root` is always the first.
 */

export interface NodePlan {
  type: string;
  name: string;
  id: number;
  selfSize: number;
  detachedness: number;
  traceNodeId: number;
  edges: EdgePlan[];
  /** Tells copies of one string apart: equal names with different copies become two strings of the file. */
  nameCopy: number;
}

export interface EdgePlan {
  type: string;
  name: string | number;
  /** Ordinal. */
  to: number;
  nameCopy: number;
}

export interface LocationPlan {
  ordinal: number;
  scriptId: number;
  line: number;
  column: number;
}

export interface HeapPlan {
  nodes: NodePlan[];
  locations: LocationPlan[];
}

const EDGE = /^(\S+)(?:\s+(\S.*?))?\s+->\s+(\S+)$/;
const LABELS: readonly (readonly [RegExp, string])[] = [
  [/^\[\[(.*)\]\]$/, 'weak'],
  [/^\[(\d+)\]$/, 'element'],
  [/^\.(.*)$/, 'property'],
  [/^\{(.*)\}$/, 'internal'],
  [/^#(\d+)$/, 'hidden'],
  [/^\$(.*)$/, 'context'],
  [/^!(.*)$/, 'shortcut'],
];

/** Plans a heap from an edge list; `details` says what its nodes are where the defaults don't do. */
export function planHeap(edgeList: string, details: Record<string, Partial<NodePlan>> = {}): HeapPlan {
  const ordinals = new Map<string, number>();
  const nodes: NodePlan[] = [];
  const ordinalOf = (key: string) => {
    let ordinal = ordinals.get(key);
    if (ordinal === undefined) {
      ordinal = nodes.push({ ...planNode(key, nodes.length), ...details[key] }) - 1;
      ordinals.set(key, ordinal);
    }
    return ordinal;
  };
  ordinalOf('root');
  for (const line of edgeList.split('\n').map((text) => text.trim())) {
    if (line === '') continue;
    const [, from, label, to] = EDGE.exec(line) ?? [];
    if (!from || !to) throw new Error(`not an edge: ${line}`);
    nodes[ordinalOf(from)]!.edges.push({ ...readLabel(label, to), to: ordinalOf(to), nameCopy: 0 });
  }
  for (const key of Object.keys(details)) ordinalOf(key);
  return { nodes, locations: [] };
}

/** Ordinals of a plan's nodes by name, for expectations that read like the edge list. */
export function ordinalsByName(plan: HeapPlan): Record<string, number> {
  return Object.fromEntries(plan.nodes.map((node, ordinal) => [node.name || 'root', ordinal]));
}

function planNode(key: string, ordinal: number): NodePlan {
  const isRoot = key === 'root';
  return {
    type: isRoot ? 'synthetic' : 'object',
    name: isRoot ? '' : key,
    id: ordinal * 2 + 1,
    selfSize: isRoot ? 0 : 8,
    detachedness: 0,
    traceNodeId: 0,
    edges: [],
    nameCopy: 0,
  };
}

function readLabel(label: string | undefined, to: string): Pick<EdgePlan, 'type' | 'name'> {
  if (label === undefined) return { type: 'property', name: to };
  for (const [pattern, type] of LABELS) {
    const match = pattern.exec(label);
    if (match) return { type, name: type === 'element' || type === 'hidden' ? Number(match[1]) : match[1]! };
  }
  throw new Error(`not an edge label: ${label}`);
}
