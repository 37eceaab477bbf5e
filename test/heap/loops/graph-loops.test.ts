/** One suite over both kinds of loops: the kernel's and their plain twins give the same columns. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Children, NO_EDGE } from '../../../src/heap/children';
import { searchDepthFirst } from '../../../src/heap/depth-first';
import { buildDominatorTree, sumRetainedSizes } from '../../../src/heap/dominators';
import { EphemeronNames } from '../../../src/heap/ephemerons';
import { buildGraph, resolveLocations } from '../../../src/heap/graph';
import { Heap } from '../../../src/heap/heap';
import { createKernelLoops } from '../../../src/heap/kernel/kernel-loops';
import { KernelMemory } from '../../../src/heap/kernel/kernel-memory';
import { plainWorkspace, type Workspace } from '../../../src/heap/loops/workspace';
import { NameTable } from '../../../src/heap/names';
import { markNodes } from '../../../src/heap/node-marks';
import { PlainObjects } from '../../../src/heap/plain-objects';
import { readSnapshot } from '../../../src/heap/read-snapshot';
import { RetainerSearch } from '../../../src/heap/retainer-search';
import { foldInternalSizes } from '../../../src/heap/shallow-sizes';
import { inferShapes } from '../../../src/heap/shapes';
import { SiteTable } from '../../../src/heap/sites';
import { openSource } from '../../../src/heap/source';
import { type HeapPlan, type NodePlan, ordinalsByName, planHeap } from '../../support/heap-builder';
import { writeHeapFile } from '../../support/heap-files';
import { anyHeap } from '../../support/heap-random';
import { writeSnapshot } from '../../support/heap-writer';

/** Everything that the loops find out about a heap, step by step. */
async function runLoops(plan: HeapPlan, workspaceFor: () => Workspace) {
  const raw = await readSnapshot(await openSource(writeHeapFile(writeSnapshot(plan))), { workspaceFor });
  const graph = buildGraph(raw);
  const names = new NameTable(graph.strings);
  const sites = SiteTable.build(graph, resolveLocations(raw), names);
  const search = searchDepthFirst(graph, EphemeronNames.of(graph.strings));
  const { numberOf, vertex, lowest, fromLarger, reached, backSteps } = search;
  const found = {
    search: [numberOf, vertex, lowest, fromLarger.subarray(0, reached), backSteps.levels].map((column) => [...column]),
    long: backSteps.long,
    bits: [search.essential, search.backward].map(({ words }) => [...words]),
  };
  const tree = buildDominatorTree(graph, search);
  foldInternalSizes(graph);
  const retained = sumRetainedSizes(graph, tree);
  const marks = markNodes(graph);
  const plain = new PlainObjects(graph, names, marks.plainObjects);
  const shapes = inferShapes(plain);
  const { essential } = search;
  const traces = { traceFunctions: null, traceTree: null };
  const heap = new Heap({ file: '', graph, names, marks, plain, sites, essential, tree, retained, shapes, ...traces });
  const { classOf, classes } = heap.groupByShapes(shapes);
  const children: unknown[] = [];
  const keyOf = (edge: number) => (edge === NO_EDGE ? 0 : 1 + graph.edges.nameOf(edge));
  new Children(heap, 0).eachGroup(Uint32Array.from(tree.at), { classOf, keyOf }, (group) => {
    children.push({ ...group, nodes: [...group.nodes] });
  });
  const retainers = new RetainerSearch(heap);
  retainers.advance(() => false);
  return {
    ...found,
    retainers: [...graph.nodes.name.keys()].map((node) => retainers.reach(node) && retainers.parentOf(node)),
    tree: Object.values(tree).map((column: Uint32Array) => [...column]),
    sizes: Array.from(graph.nodes.type, (_, node) => heap.retainedOf(node)),
    sites: graph.nodes.type.map((_, node) => sites.of(node)),
    marks: Object.values(marks).map(({ words }) => [...words]),
    classOf: [...classOf],
    children,
    classes,
    shapes,
  };
}

/** Bytes for all columns of a small heap, tables for as many pairs as a slice may have among them. */
const ROOM = 1 << 25;

/** A kernel's workspace with so many bytes for columns, whose loops go on after so many nodes at the next call. */
function kernelWorkspace(bytes: number, slice?: number): Workspace {
  const memory = KernelMemory.create(bytes)!;
  return { memory, loops: createKernelLoops(memory, slice)! };
}

const runPlain = (plan: HeapPlan) => runLoops(plan, () => plainWorkspace);
const runKernel = (plan: HeapPlan, slice?: number) => runLoops(plan, () => kernelWorkspace(ROOM, slice));

/** Lists that hang from the root, one deeper than a byte can count, with a node at the end of the way back up. */
function deepPlan(): HeapPlan {
  const lists = [300, 255, 40].map((length, list) =>
    Array.from({ length }, (_, i) => `${i === 0 ? 'root' : `l${list}n${i - 1}`} -> l${list}n${i}`),
  );
  return planHeap([...lists.flat(), 'root -> last', 'last -> l0n299', 'l2n39 -> l0n5'].join('\n'));
}

/** A list with so many members that the edges of the nodes behind it begin far from those of their block. */
function widePlan(): HeapPlan {
  const plan = planHeap('root -> list\n root -> next\n list -> a\n a -> b\n next -> b\n next -> c\n c -> list');
  const { list, b } = ordinalsByName(plan) as { list: number; b: number };
  const { edges } = plan.nodes[list]!;
  for (let i = 0; i < 70_000; i++) edges.push({ type: 'element', name: i, to: b, nameCopy: 0 });
  return plan;
}

/** Functions with a scope each, and contexts of those scopes, too many for a name to be rare. */
function scopePlan(): HeapPlan {
  const functions = ['open', 'read', 'close'];
  const lines = functions.map(
    (name) => `root -> ${name}\n${name} {shared} -> ${name}Info
    ${name}Info {name_or_scope_info} -> ${name}Scope`,
  );
  for (let i = 0; i < 60; i++) lines.push(`root -> c${i}\nc${i} {scope_info} -> ${functions[i % 3]}Scope`);
  const closures = functions.map((name) => [name, { type: 'closure' }]);
  const contexts = Array.from({ length: 60 }, (_, i) => [`c${i}`, { type: 'object', name: 'system / Context' }]);
  const plan = planHeap(lines.join('\n'), Object.fromEntries([...closures, ...contexts]));
  const ordinals = ordinalsByName(plan);
  plan.locations = functions.map((name, line) => ({ ordinal: ordinals[name]!, scriptId: 1, line, column: 0 }));
  return plan;
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

  it('behind a list of very many edges', async () => {
    expect(await runKernel(widePlan())).toEqual(await runPlain(widePlan()));
  });

  it.each([7, undefined])('which functions contexts are of, in slices of %s nodes', async (slice) => {
    const found = await runKernel(scopePlan(), slice);
    const contexts = found.classes.filter(({ name }) => name === 'system / Context');
    expect(contexts.map(({ function: made, count }) => [made, count])).toEqual([['open', 20], ['read', 20], ['close', 20]]);
    expect(found).toEqual(await runPlain(scopePlan()));
  }); // biome-ignore format: a table

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
      expect(await runLoops(deepPlan(), () => kernelWorkspace(bytes))).toEqual(plain);
    }
  });
});
