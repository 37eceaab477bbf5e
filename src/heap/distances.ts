/** How far each node is from the roots, as DevTools' retainers view and summary show it. */
import { BitVector } from './bit-vector';
import { type EphemeronNames, pairOf } from './ephemerons';
import type { Graph } from './graph';
import { NodeKind } from './node-kind';
import { isUserRoot } from './shallow-sizes';

/** Distance of a node that nothing reaches. */
export const NO_DISTANCE = -5;
/** Distance of the root, and first of those that only V8 reaches, when there are user roots. */
export const SYSTEM_DISTANCE = 100_000_000;

/**
 * Breadth-first distances: user roots are 1 and what they reach comes first; then the rest, counted from
 * {@link SYSTEM_DISTANCE} (from 0 when there is no user root). `nodeCount` long.
 */
export function measureDistances(graph: Graph, ephemerons: EphemeronNames): Int32Array {
  const { edges, nodeCount, root, scratch } = graph;
  const column = scratch.take();
  const distances = new Int32Array(column.buffer, column.byteOffset, nodeCount).fill(NO_DISTANCE);
  const queue = scratch.take();
  const mayFollow = createEdgeFilter(graph, ephemerons);

  const userRoots: number[] = [];
  for (let edge = edges.firstOf(root), end = edges.endOf(root); edge < end; edge++) {
    const target = edges.targetOf(edge);
    if (isUserRoot(graph, target)) userRoots.push(target); // once per edge, as DevTools does
  }
  /** Nodes with a distance: far smaller than the column, so that most edges need not look there. */
  const reached = new BitVector(nodeCount);
  const start = (node: number, distance: number) => {
    distances[node] = distance;
    reached.add(node);
  };
  const search = { distances, reached, queue, mayFollow };
  for (const node of userRoots) start(node, 1);
  searchBreadthFirst(graph, userRoots, search);
  start(root, userRoots.length > 0 ? SYSTEM_DISTANCE : 0);
  searchBreadthFirst(graph, [root], search);
  scratch.giveBack(queue);
  return distances;
}

type EdgeFilter = (node: number, edge: number) => boolean;

interface BreadthFirstSearch {
  readonly distances: Int32Array;
  readonly reached: BitVector;
  /** Each node enters once, when it is discovered. */
  readonly queue: Uint32Array;
  readonly mayFollow: EdgeFilter;
}

/** Goes out from `starts`, whose distances are set. */
function searchBreadthFirst(
  graph: Graph,
  starts: readonly number[],
  { distances, reached, queue, mayFollow }: BreadthFirstSearch,
): void {
  const { edges, edgeType, nodes, nodeType } = graph;
  const { label } = edges;
  const { type } = edges.labels;
  const { weak, internal } = edgeType;
  let tail = 0;
  for (let head = -starts.length; head < tail; head++) {
    const node = head < 0 ? starts[starts.length + head]! : queue[head]!;
    const distance = distances[node]! + 1;
    const kind = nodes.type[node];
    const isSpecial = kind === nodeType.hidden || kind === nodeType.array;
    for (let edge = edges.firstOf(node), end = edges.endOf(node); edge < end; edge++) {
      const target = edges.targetOf(edge);
      if (reached.has(target)) continue;
      const edgeKind = type[label[edge]!];
      if (edgeKind === weak || ((isSpecial || edgeKind === internal) && !mayFollow(node, edge))) continue;
      reached.add(target);
      distances[target] = distance;
      queue[tail++] = target;
    }
  }
}

/** DevTools' exceptions. Asked only for edges from hidden and array nodes, and for internal edges. */
function createEdgeFilter(graph: Graph, ephemerons: EphemeronNames): EdgeFilter {
  const { edges, edgeType, nodes, nodeType, strings } = graph;
  const known = strings.indicesOf(['sloppy_function_map', 'system / NativeContext', '(map descriptors)']);
  const halfSeen = new Set<string>();
  const kind = new NodeKind(graph);
  const isIndexed = (edge: number) => kind.isIndexedEdge(edges.typeOf(edge));
  const isNamed = (edge: number, name: ReadonlySet<number>) => !isIndexed(edge) && name.has(edges.nameOf(edge));

  return (node, edge) => {
    const isNativeContext =
      nodes.type[node] === nodeType.hidden && known['system / NativeContext'].has(nodes.name[node]!);
    if (isNativeContext && isNamed(edge, known.sloppy_function_map)) return false;
    if (nodes.type[node] === nodeType.array && known['(map descriptors)'].has(nodes.name[node]!)) {
      // Maps share descriptor arrays, so a descriptor's value (every third element) may belong to another map.
      const name = edges.nameOf(edge);
      const index = isIndexed(edge) ? name : Number.parseInt(strings.get(name), 10);
      return index < 2 || index % 3 !== 1;
    }
    if (edges.typeOf(edge) !== edgeType.internal) return true;
    const name = edges.nameOf(edge);
    if (!ephemerons.has(name)) return true;
    const pair = pairOf(strings.get(name));
    // The first of a pair's two edges only announces the value; the second, being farther, sets its distance.
    if (halfSeen.delete(pair)) return true;
    halfSeen.add(pair);
    return false;
  };
}
