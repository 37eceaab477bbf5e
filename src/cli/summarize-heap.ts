/** An open heap to plain data: `heapdiff/summary@1` (contract 3). */
import { HeapdiffError } from '../errors';
import type { Heap } from '../heap/heap';
import { findNodeVersion } from '../heap/node-version';
import type { SourceLocation } from '../heap/sites';
import type { HeapSummary, InspectedNode } from '../report/summary-types';

/** All classes of a heap, and the nodes with the given ids. Throws NO_SUCH_NODE. */
export function summarizeHeap(heap: Heap, ids: readonly number[] = []): HeapSummary {
  const { graph } = heap;
  const inspected = ids.map((id) => inspectNode(heap, id));
  const devTools = heap.groupAsDevTools();
  heap.graph.scratch.giveBack(devTools.classOf);
  const grouped = devTools.classes.filter(({ count }) => count > 0);
  const classes = heap.classes.classes.filter(({ count }) => count > 0);
  return {
    schema: 'heapdiff/summary@1',
    file: heap.file,
    nodeVersion: findNodeVersion(heap),
    nodes: graph.nodeCount,
    edges: graph.edgeCount,
    totalBytes: heap.totalBytes,
    classes: classes.sort(byRetainedSize).map(({ isInternal, location, ...row }) => ({
      ...{ name: row.name, function: row.function, location: toPlace(location), devtoolsName: row.name },
      ...{ count: row.count, shallowSize: row.shallowSize, retainedSize: row.retainedSize, distance: row.distance },
      internal: isInternal,
    })),
    devtoolsClasses: grouped.sort(byRetainedSize).map(({ name, count, shallowSize, retainedSize, distance }) => ({
      name,
      count,
      shallowSize,
      retainedSize,
      distance,
    })),
    inspected,
  };
}

function inspectNode(heap: Heap, id: number): InspectedNode {
  const { nodes, nodeTypeNames } = heap.graph;
  const ordinal = nodes.id.indexOf(id);
  if (ordinal < 0) throw new HeapdiffError('NO_SUCH_NODE', { file: heap.file, node: `@${id}` });
  return {
    id,
    ordinal,
    type: nodeTypeNames[nodes.type[ordinal]!] ?? 'unknown',
    name: heap.names.get(nodes.name[ordinal]!),
    shallowSize: heap.shallowOf(ordinal),
    retainedSize: heap.retainedOf(ordinal),
    distance: heap.distances[ordinal]!,
  };
}

function toPlace(location: SourceLocation | null) {
  return location?.file ? { file: location.file, line: location.line, column: location.column } : null;
}

function byRetainedSize(a: { retainedSize: number }, b: { retainedSize: number }): number {
  return b.retainedSize - a.retainedSize;
}
