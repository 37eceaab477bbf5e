/** Whether the ids of two snapshots name the same objects. */
import type { Heap } from '../heap/heap';
import { isSampled, sampleMask } from '../heap/sampled-ids';
import type { Identity } from './types';

/** With stable ids agreement is above 0.997; without, ids still collide, but type and name agree for a few in ten. */
const COMPARABLE_FROM = 0.95;

/** Finds out by itself, on a sample of ids, whether nodes with the same id agree in type and name. */
export function compareIdentity(before: Heap, after: Heap): Identity {
  const mask = sampleMask(Math.max(before.graph.nodeCount, after.graph.nodeCount));
  const inBefore = sampleIds(before, mask);
  const { name } = after.graph.nodes;
  // By their names, which are read from files: each part of those comes once.
  const common = [...sampleIds(after, mask)]
    .filter(([id]) => inBefore.has(id))
    .sort(([, a], [, b]) => name[a]! - name[b]!);
  const agreeing = common.filter(([id, ordinal]) => isSameTypeAndName(before, inBefore.get(id)!, after, ordinal));
  const agreement = common.length === 0 ? 0 : agreeing.length / common.length;
  return { comparable: agreement >= COMPARABLE_FROM, agreement: Math.round(agreement * 10_000) / 10_000 };
}

/** Ordinals by id, of the ids that are sampled with `mask`. */
function sampleIds({ graph, ids }: Heap, mask: number): Map<number, number> {
  const { id, type } = graph.nodes;
  const { synthetic } = graph.nodeType;
  const sample = new Map<number, number>();
  for (const ordinal of ids.sample) {
    // Synthetic roots have the same ids in every process: they would only flatter the share.
    if (isSampled(id[ordinal]!, mask) && type[ordinal] !== synthetic) sample.set(id[ordinal]!, ordinal);
  }
  return sample;
}

function isSameTypeAndName(a: Heap, inA: number, b: Heap, inB: number): boolean {
  const typeA = a.graph.nodeTypeNames[a.graph.nodes.type[inA]!];
  const typeB = b.graph.nodeTypeNames[b.graph.nodes.type[inB]!];
  return typeA === typeB && a.names.isSame(a.graph.nodes.name[inA]!, b.names, b.graph.nodes.name[inB]!);
}
