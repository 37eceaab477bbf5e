/** Which nodes of two heaps have no counterpart in the other one: those whose ids it does not have. */
import type { ClassTable } from './classes';
import type { Graph } from './graph';
import type { IdSet } from './id-set';
import type { UintColumn } from './types';

/** Per class of the heap after: how many nodes are new. Per class of the heap before: how many are gone. */
export interface ForeignCounts {
  readonly added: Float64Array;
  readonly removed: Float64Array;
}

/** Columns by ordinal. */
export interface ClassifiedNodes {
  readonly id: UintColumn;
  readonly selfSize: UintColumn;
  readonly classOf: Uint32Array;
  readonly classCount: number;
}

/** Nodes per class, but for those of size 0, whose ids are not among the others. */
export function countForeign({ id, selfSize, classOf, classCount }: ClassifiedNodes, others: IdSet): Float64Array {
  const counts = new Float64Array(classCount);
  for (let ordinal = 0; ordinal < id.length; ordinal++) {
    if (selfSize[ordinal] !== 0 && !others.has(id[ordinal]!)) counts[classOf[ordinal]!]!++;
  }
  return counts;
}

export function classifyNodes(
  { graph: { nodes } }: { readonly graph: Pick<Graph, 'nodes'> },
  table: ClassTable,
): ClassifiedNodes {
  return { id: nodes.id, selfSize: nodes.selfSize, classOf: table.classOf, classCount: table.classes.length };
}
