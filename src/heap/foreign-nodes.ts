/** Which nodes of two heaps have no counterpart in the other one: those whose ids it does not have. */
import { BitVector } from './bit-vector';
import type { ClassTable } from './classes';
import type { Graph } from './graph';
import type { IdSet } from './id-set';
import type { NodeSizes, UintColumn } from './types';

/** Per class of the heap after: how many nodes are new. Per class of the heap before: how many are gone. */
export interface ForeignCounts {
  readonly added: Float64Array;
  readonly removed: Float64Array;
}

/** Columns by ordinal. */
export interface ClassifiedNodes {
  readonly sizes: NodeSizes;
  readonly classOf: Uint32Array;
  readonly classCount: number;
}

/** The nodes whose ids are not among the others, by ordinal. */
export function findForeign(id: UintColumn, others: IdSet): BitVector {
  const foreign = new BitVector(id.length);
  for (let ordinal = 0; ordinal < id.length; ordinal++) if (!others.has(id[ordinal]!)) foreign.add(ordinal);
  return foreign;
}

/** How many of them there are per class, but for those of size 0. */
export function countForeign(foreign: BitVector, { sizes, classOf, classCount }: ClassifiedNodes): Float64Array {
  const counts = new Float64Array(classCount);
  foreign.each((ordinal) => {
    if (sizes.near[ordinal] !== 0) counts[classOf[ordinal]!]!++;
  });
  return counts;
}

export function classifyNodes(
  { graph: { nodes } }: { readonly graph: Pick<Graph, 'nodes'> },
  table: ClassTable,
): ClassifiedNodes {
  return { sizes: nodes.sizes, classOf: table.classOf, classCount: table.classes.length };
}
