import { expect, it } from 'vitest';
import { NO_DISTANCE, SYSTEM_DISTANCE } from '../../src/heap/distances';
import { type NodePlan, planHeap } from '../support/heap-builder';
import { openPlan } from '../support/heap-files';

async function distancesOf(edgeList: string, details: Record<string, Partial<NodePlan>> = {}) {
  const { graph, names, distances } = await openPlan(planHeap(edgeList, details));
  return Object.fromEntries(
    Array.from(graph.nodes.name, (name, ordinal) => [names.get(name) || 'root', distances[ordinal]!]),
  );
}

const roots = { roots: { type: 'synthetic', name: '(GC roots)' } };

it('counts from user roots first, then from the root for what only V8 reaches', async () => {
  const edges = 'root -> window\n root -> roots\n window -> a\n a -> b\n roots -> b\n roots -> internal\n x -> y';
  expect(await distancesOf(edges, roots)).toEqual({
    root: SYSTEM_DISTANCE,
    window: 1,
    a: 2,
    b: 3,
    '(GC roots)': SYSTEM_DISTANCE + 1,
    internal: SYSTEM_DISTANCE + 2,
    x: NO_DISTANCE,
    y: NO_DISTANCE,
  });
});

it('counts from 0 when there are no user roots', async () => {
  expect(await distancesOf('root -> roots\n roots -> a', roots)).toEqual({ root: 0, '(GC roots)': 1, a: 2 });
});

it('takes the DOM trees for a user root', async () => {
  const trees = { trees: { type: 'synthetic', name: '(Document DOM trees)' } };
  expect(await distancesOf('root -> trees\n trees -> a', trees)).toMatchObject({ '(Document DOM trees)': 1, a: 2 });
});

it('follows no weak edge', async () => {
  expect(await distancesOf('root -> a\n a [[b]] -> b')).toMatchObject({ a: 1, b: NO_DISTANCE });
});

it('skips descriptors that may be of another map', async () => {
  const edges = [0, 1, 2, 3, 4, 5, 6, 7].map((i) => `list [${i}] -> d${i}`).join('\n');
  const distances = await distancesOf(`root -> list\n ${edges}`, {
    list: { type: 'array', name: '(map descriptors)' },
  });
  const far = Object.keys(distances).filter((name) => distances[name] === NO_DISTANCE);
  expect(far).toEqual(['d4', 'd7']);
});

it("skips the native context's sloppy function map", async () => {
  const details = { context: { type: 'hidden', name: 'system / NativeContext' } };
  const edges = 'root -> context\n context {sloppy_function_map} -> skipped\n context {other} -> kept';
  expect(await distancesOf(edges, details)).toMatchObject({ skipped: NO_DISTANCE, kept: 2 });
});

it("sets a WeakMap value's distance by the farther of table and key", async () => {
  const name = (index: number) => `${index} / part of key (K @7) -> value (V @9) pair in WeakMap (table @5)`;
  const edges = `
    root -> map
    root -> far
    map -> table
    far -> key
    key -> more
    more -> last
    table {${name(1)}} -> value
    last {${name(2)}} -> value`;
  expect(await distancesOf(edges)).toMatchObject({ table: 2, last: 4, value: 5 });
});
