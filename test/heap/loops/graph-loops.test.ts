/** One suite over both kinds of loops: the kernel's and their plain twins give the same columns. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { searchDepthFirst } from '../../../src/heap/depth-first';
import { buildDominatorTree, sumRetainedSizes } from '../../../src/heap/dominators';
import { findEphemeronNames } from '../../../src/heap/ephemerons';
import { buildGraph, type Graph } from '../../../src/heap/graph';
import { createKernelLoops } from '../../../src/heap/kernel/kernel-loops';
import { KernelMemory } from '../../../src/heap/kernel/kernel-memory';
import { plainWorkspace, type Workspace } from '../../../src/heap/loops/workspace';
import { readSnapshot } from '../../../src/heap/read-snapshot';
import { foldInternalSizes } from '../../../src/heap/shallow-sizes';
import { openSource } from '../../../src/heap/source';
import { type HeapPlan, type NodePlan, planHeap } from '../../support/heap-builder';
import { writeHeapFile } from '../../support/heap-files';
import { anyHeap } from '../../support/heap-random';
import { writeSnapshot } from '../../support/heap-writer';

async function openGraph(plan: HeapPlan, workspaceFor: () => Workspace): Promise<Graph> {
  const source = await openSource(writeHeapFile(writeSnapshot(plan)));
  return buildGraph(await readSnapshot(source, { workspaceFor }));
}

/** Everything that the loops find out about a heap, step by step. */
function runLoops(graph: Graph) {
  const search = searchDepthFirst(graph, findEphemeronNames(graph.strings));
  const { numberOf, vertex, lowest, fromLarger, reached, backSteps } = search;
  const found = {
    search: [numberOf, vertex, lowest, fromLarger.subarray(0, reached), backSteps.levels].map((column) => [...column]),
    long: backSteps.long,
    bits: [search.essential, search.backward].map(({ words }) => [...words]),
  };
  const tree = buildDominatorTree(graph, search);
  foldInternalSizes(graph);
  const sizes = [...sumRetainedSizes(graph, tree)];
  return { ...found, tree: Object.values(tree).map((column: Uint32Array) => [...column]), sizes };
}

/** A kernel's workspace with so many bytes for columns, whose loops go on after so many nodes at the next call. */
function kernelWorkspace(bytes: number, slice?: number): Workspace {
  const memory = KernelMemory.create(bytes)!;
  return { memory, loops: createKernelLoops(memory, slice)! };
}

const runPlain = async (plan: HeapPlan) => runLoops(await openGraph(plan, () => plainWorkspace));
const runKernel = async (plan: HeapPlan, slice?: number) =>
  runLoops(await openGraph(plan, () => kernelWorkspace(1 << 20, slice)));

/** Lists that hang from the root, one deeper than a byte can count, with a node at the end of the way back up. */
function deepPlan(): HeapPlan {
  const lists = [300, 255, 40].map((length, list) =>
    Array.from({ length }, (_, i) => `${i === 0 ? 'root' : `l${list}n${i - 1}`} -> l${list}n${i}`),
  );
  return planHeap([...lists.flat(), 'root -> last', 'last -> l0n299', 'l2n39 -> l0n5'].join('\n'));
}

describe('the kernel finds what the plain loops find', () => {
  it.each([1, 7, undefined])('in random heaps, in slices of %s nodes', async (slice) => {
    const check = async (plan: HeapPlan) => {
      expect(await runKernel(plan, slice)).toEqual(await runPlain(plan));
    };
    await fc.assert(fc.asyncProperty(anyHeap(80), check), { seed: 11, numRuns: 100 });
  });

  it.each([1, undefined])('in a deep heap, in slices of %s nodes', async (slice) => {
    const found = await runKernel(deepPlan(), slice);
    expect(found.long).toEqual([300, 255]);
    expect(found).toEqual(await runPlain(deepPlan()));
  });

  it('where sizes come to 2^32', async () => {
    const large = (type: NodePlan['type']) => ({ type, selfSize: 3_000_000_000 });
    const details = { a: large('object'), b: large('array'), c: large('array'), d: large('object') };
    const plan = planHeap('root -> a\n a -> b\n b -> c\n root -> d', details);
    const found = await runKernel(plan);
    expect(found.sizes).toEqual([12e9, 9e9, 0, 0, 3e9]);
    expect(found).toEqual(await runPlain(plan));
  });

  it('in a memory that has no room for all columns', async () => {
    const plain = await runPlain(deepPlan());
    for (const bytes of [1 << 16, 1 << 17]) {
      const graph = await openGraph(deepPlan(), () => kernelWorkspace(bytes));
      expect(runLoops(graph)).toEqual(plain);
    }
  });
});
