/** The cases of docs/devtools-differences.md: DevTools goes wrong, heapdiff does not. */
import { expect, it } from 'vitest';
import { verifyHeap } from '../../src/heap/verify-heap';
import { type HeapPlan, planHeap } from '../support/heap-builder';
import { openPlan } from '../support/heap-files';
import type { Manner } from '../support/heap-writer';

/** What DevTools says differently, a sentence a line, or what it fails with; empty when it agrees. */
async function complaintOf(plan: HeapPlan, manner: Partial<Manner> = {}): Promise<string> {
  const heap = await openPlan(plan, manner);
  return verifyHeap(heap).then(
    ({ differences }) => differences.join('\n'),
    (error) => String(error),
  );
}

const chain = () => planHeap('root -> a\n a -> b\n b -> c');

it('sizes of 2^32 and more are cut', async () => {
  const plan = planHeap('root -> a\n a {x} -> b', { a: { selfSize: 2 ** 32 + 8 } });
  expect(await complaintOf(plan)).toMatch(/shallow size of node 1 .* heapdiff 4294967304, DevTools 8/);
});

it('sizes are cut, too, when only folding brings them to 2^32', async () => {
  const details = { a: { selfSize: 2 ** 32 - 8 }, b: { type: 'array', selfSize: 16 } };
  expect(await complaintOf(planHeap('root -> a\n a {x} -> b', details))).toMatch(/heapdiff 4294967304, DevTools 8/);
});

it('ids of 2^32 and more are cut, and with them a WeakMap table is not found', async () => {
  const name = (index: number) => `${index} / part of key (K @7) -> value (V @9) pair in WeakMap (table @4294967299)`;
  const edges = `root -> table\n root -> key\n table {${name(1)}} -> value\n key {${name(2)}} -> value`;
  const plan = planHeap(edges, { table: { id: 2 ** 32 + 3 } });
  expect(await complaintOf(plan)).toMatch(/retained size of node 2 .* heapdiff 16, DevTools 8/);
});

it('header counts are trusted: rows beyond them are lost', async () => {
  expect(await complaintOf(chain(), { header: { node_count: 3, edge_count: 2 } })).toMatch(/node count: heapdiff 4/);
});

it('header counts are trusted: rows that are not there are read as zeros', async () => {
  expect(await complaintOf(chain(), { header: { node_count: 9, edge_count: 3 } })).toMatch(/DevTools 9/);
});

it('a root that is neither first nor last is refused', async () => {
  const plan = planHeap('x -> y\n', {});
  plan.nodes[1]!.edges.push({ type: 'property', name: 'r', to: 0, nameCopy: 0 });
  expect(await complaintOf(plan, { header: { root_index: 7 } })).toMatch(/expected to be either first or last/);
});

it('many edges from the root to one node are refused', async () => {
  expect(await complaintOf(planHeap('root .x -> a\n root .y -> a\n root .z -> a'))).toMatch(/BFS failed/);
});

it('of class rows with one key the last one wins: an object called Function hides all closures', async () => {
  const plan = planHeap('root -> f\n root -> a', { a: { name: 'Function' }, f: { type: 'closure' } });
  const { overwrittenClasses, differences } = await verifyHeap(await openPlan(plan));
  expect({ overwrittenClasses, differences }).toEqual({ overwrittenClasses: ['Function'], differences: [] });
});
