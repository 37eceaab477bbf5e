/** The format as engines other than today's Node wrote and write it, in small. */
import { describe, expect, it } from 'vitest';
import type { Heap } from '../../src/heap/heap';
import { sizeOf } from '../../src/heap/node-sizes';
import { openHeap } from '../../src/heap/open-heap';
import { verifyHeap } from '../../src/heap/verify-heap';
import { type HeapPlan, planHeap } from '../support/heap-builder';
import { openPlan, writeHeapFile } from '../support/heap-files';
import { smallPlan, smallSnapshot } from '../support/heap-small';
import type { Manner } from '../support/heap-writer';

/** All that is known of the nodes, to compare one manner with another. */
function numbersOf(heap: Heap) {
  const { graph, names } = heap;
  const { edges } = graph;
  return {
    nodes: Array.from(graph.nodes.id, (id, i) => [
      id,
      graph.nodeTypeNames[graph.nodes.type[i]!],
      names.get(graph.nodes.name[i]!),
      sizeOf(graph.nodes.sizes, i),
      heap.retainedOf(i),
    ]),
    edges: Array.from(edges.label, (_, i) => [
      graph.edgeTypeNames[edges.typeOf(i)],
      edges.nameOf(i),
      edges.targetOf(i),
    ]),
    ranges: edges.ranges,
    distances: [...heap.distances],
    traceTree: heap.traceTree,
    traceFunctions: heap.traceFunctions && [...heap.traceFunctions].map(([field, values]) => [field, ...values]),
  };
}

const NODE_FIELDS = ['type', 'name', 'id', 'self_size', 'edge_count', 'trace_node_id', 'detachedness'];
const OLD_TYPES = ['hidden', 'array', 'string', 'object', 'code', 'closure', 'regexp', 'number', 'native', 'synthetic'];
const WIDE = (token: number) => ' \n\t\r'.repeat(token % 3);

describe('a heap is the same heap', () => {
  it.each<[string, Partial<Manner>]>([
    ['without detachedness', { nodeFields: NODE_FIELDS.slice(0, 6) }],
    ['without stacks', { nodeFields: NODE_FIELDS.slice(0, 5) }],
    ['with stacks but in another order', { nodeFields: ['trace_node_id', ...NODE_FIELDS.slice(0, 5)] }],
    ['with its fields reversed', { nodeFields: [...NODE_FIELDS].reverse() }],
    ['with fields nobody knows', { nodeFields: ['x', ...NODE_FIELDS, 'y', 'z'] }],
    ['without locations', { locationFields: null }],
    [
      'with a fifth location field',
      { locationFields: ['object_index', 'script_id', 'script_object_index', 'line', 'column'] },
    ],
    ['with white space everywhere', { space: WIDE }],
    ['on one line', { space: () => '' }],
    ['with its sections reversed', { order: ['strings', 'locations', 'edges', 'nodes', 'snapshot'] }],
    [
      'with its header last',
      { order: ['nodes', 'strings', 'edges', 'locations', 'trace_tree', 'trace_function_infos', 'snapshot'] },
    ],
    ['with strings in escapes', { escape: (text: string) => [...text].map(inEscapes).join('') }],
    [
      'with sections nobody knows',
      { extra: { future: '{"a":[1,{"b":"]}\\""}],"nodes":[1]}', list: '[-1,2.5e3]', flag: 'true', n: '-1' } },
    ],
    ['with a header that counts too few', { header: { node_count: 1, edge_count: 0, trace_function_count: 9 } }],
  ])('%s', async (_what, manner) => {
    // biome-ignore format: a table
    const heap = await openHeap(writeHeapFile(smallSnapshot(manner)));
    expect(numbersOf(heap)).toEqual(numbersOf(await openHeap(writeHeapFile(smallSnapshot()))));
  });
});

const inEscapes = (character: string) =>
  [...character].flatMap(({ length }) =>
    Array.from({ length }, (_, i) => `\\u${character.charCodeAt(i).toString(16).padStart(4, '0')}`),
  ).join(''); // biome-ignore format: one expression

/** Counts differences from DevTools in a heap written in some manner. */
async function differencesOf(plan: HeapPlan, manner: Partial<Manner>): Promise<readonly string[]> {
  return (await verifyHeap(await openPlan(plan, manner))).differences;
}

describe('as DevTools reads it', () => {
  const old: Partial<Manner> = {
    nodeTypes: OLD_TYPES,
    locationFields: null,
    header: { title: 'Snapshot', uid: 3, node_count: 4, edge_count: 4 },
    extra: { samples: '[]' },
  };
  const plan = planHeap(
    'root -> window\n root [1] -> roots\n window .own -> table\n roots [0] -> table',
    { roots: { type: 'synthetic', name: '(GC roots)' }, table: { type: 'array', selfSize: 100 } },
  ); // biome-ignore format: one heap

  it('Node 0.12 to 4, with stacks', async () => {
    expect(await differencesOf(plan, { ...old, nodeFields: NODE_FIELDS.slice(0, 6) })).toEqual([]);
  });

  it('Node 0.10, five fields', async () => {
    expect(await differencesOf(plan, { ...old, nodeFields: NODE_FIELDS.slice(0, 5) })).toEqual([]);
  });

  it('V8 15: one edge from the root, no hidden nodes, sections of scopes with negative numbers', async () => {
    const modern = planHeap(
      'root [1] -> roots\n roots [0] -> handles\n handles #1 -> window\n window .a -> context\n window .b -> other',
      {
        roots: { type: 'synthetic', name: '(GC roots)' },
        handles: { type: 'synthetic', name: '(Global handles)' },
        context: { name: 'system / Context / scope @7' },
        other: { name: 'system / Context / scope @8' },
      },
    );
    modern.locations.push({ ordinal: 3, scriptId: 2, line: 1, column: 178 });
    const manner: Partial<Manner> = {
      nodeFields: ['type', 'name', 'id', 'self_size', 'edge_count', 'detachedness'],
      locationFields: ['object_index', 'script_id', 'script_object_index', 'line', 'column'],
      order: ['snapshot', 'nodes', 'edges', 'trace_function_infos', 'trace_tree', 'samples', 'locations', 'scopes', 'scope_context_vars', 'scope_uses', 'strings'],
      extra: { scopes: '[0,-1,3,\n1,-1,4]', scope_context_vars: '[-1,-2]', scope_uses: '[]' },
    }; // biome-ignore format: a heap in one piece
    expect(await differencesOf(modern, manner)).toEqual([]);
    const { classes } = await openPlan(modern, manner);
    const contexts = classes.classes.filter(({ name }) => name.startsWith('system / Context'));
    expect(contexts).toMatchObject([{ name: 'system / Context', function: '', count: 2 }]);
  });

  it('JavaScriptCore (Bun): even ids, nodes that nothing reaches', async () => {
    const bun = planHeap('root -> global\n global .a -> a\n b {x} -> c\n c {x} -> b\n c .a -> a', {
      root: { name: '<root>' },
    });
    bun.nodes.forEach((node, ordinal) => {
      node.id = ordinal * 2;
    });
    expect(await differencesOf(bun, {})).toEqual([]);
  });

  it('numbers over 2^32 are kept, where DevTools cuts them', async () => {
    const heap = await openPlan(smallPlan());
    const differences = (await verifyHeap(heap)).differences;
    expect(heap.graph.nodes.id[1]).toBe(2 ** 40 + 1);
    expect(heap.shallowOf(1)).toBe(2 ** 33);
    expect(heap.totalBytes).toBeGreaterThan(2 ** 33);
    expect(differences.length).toBeGreaterThan(0);
  });

  it('native memory of the header counts in the total', async () => {
    const header = { extra_native_bytes: 12_345 };
    expect((await openPlan(plan, { header })).totalBytes).toBe((await openPlan(plan)).totalBytes + 12_345);
  });
});

it('a root that is not the first node is found', async () => {
  const plan = planHeap('root -> a\n a -> b');
  plan.nodes.push(plan.nodes.shift()!);
  for (const { edges } of plan.nodes) for (const edge of edges) edge.to = (edge.to + 2) % 3;
  const heap = await openPlan(plan, { header: { root_index: 2 * 7 } });
  expect([0, 1, 2].map((node) => heap.retainedOf(node))).toEqual([16, 8, 16]);
  expect([...heap.distances]).toEqual([1, 2, 100_000_000]);
});
