import { expect, it } from 'vitest';
import { sizeOf } from '../../src/heap/node-sizes';
import { type NodePlan, planHeap } from '../support/heap-builder';
import { openPlan } from '../support/heap-files';

const array = (selfSize: number): Partial<NodePlan> => ({ type: 'array', selfSize });
const hidden = (selfSize: number): Partial<NodePlan> => ({ type: 'hidden', selfSize });

/** Shallow sizes by name after folding. Every node has a name of its own. */
async function sizesOf(edgeList: string, details: Record<string, Partial<NodePlan>>): Promise<Record<string, number>> {
  const { graph, names } = await openPlan(planHeap(edgeList, details));
  return Object.fromEntries(
    Array.from(graph.nodes.name, (name, ordinal) => [names.get(name) || 'root', sizeOf(graph.nodes.sizes, ordinal)]),
  );
}

it('gives arrays and hidden nodes to the one object that reaches them, through each other', async () => {
  const edges = 'root -> map\n map {table} -> table\n table #1 -> inner\n inner #1 -> value';
  const sizes = await sizesOf(edges, { table: array(100), inner: hidden(20) });
  expect(sizes).toEqual({ root: 0, map: 128, table: 0, inner: 0, value: 8 });
});

it('leaves what several objects reach, and what only that reaches', async () => {
  const edges = 'root -> a\n root -> b\n a {x} -> shared\n b {x} -> shared\n shared #1 -> below';
  expect(await sizesOf(edges, { shared: array(100), below: array(10) })).toMatchObject({
    a: 8,
    shared: 100,
    below: 10,
  });
});

it('leaves what a synthetic node or the root owns, and what only a weak edge reaches', async () => {
  const edges = 'root -> a\n root -> roots\n roots -> table\n root -> direct\n a [[w]] -> weak';
  const sizes = await sizesOf(edges, {
    roots: { type: 'synthetic' },
    table: array(5),
    direct: array(6),
    weak: array(7),
  });
  expect(sizes).toMatchObject({ a: 8, table: 5, direct: 6, weak: 7 });
});

it('folds the data of external strings, and no other native node', async () => {
  const native = (selfSize: number) => ({ type: 'native', selfSize });
  const details = { data: { ...native(1000), name: 'system / ExternalStringData' }, other: native(50) };
  const sizes = await sizesOf('root -> text\n text {resource} -> data\n text {o} -> other', details);
  expect(sizes).toMatchObject({ text: 1008, 'system / ExternalStringData': 0, other: 50 });
});

it('folds nothing when the root has no user roots, as with exposed internals', async () => {
  const details = { roots: { type: 'synthetic' }, table: array(100) };
  expect(await sizesOf('root -> roots\n roots -> a\n a {t} -> table', details)).toMatchObject({ a: 8, table: 100 });
});

it('counts beyond 2^32', async () => {
  const details = { a: { selfSize: 2 ** 32 - 1 }, big: array(2 ** 33), more: array(2 ** 31) };
  const sizes = await sizesOf('root -> a\n a {x} -> big\n a {y} -> more', details);
  expect(sizes).toMatchObject({ a: 2 ** 32 - 1 + 2 ** 33 + 2 ** 31, big: 0, more: 0 });
});

it('widens sizes when only their sum needs it', async () => {
  const details = { a: { selfSize: 2 ** 32 - 1 }, b: array(10) };
  expect(await sizesOf('root -> a\n a {x} -> b', details)).toMatchObject({ a: 2 ** 32 + 9, b: 0 });
});
