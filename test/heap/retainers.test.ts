import { expect, it } from 'vitest';
import { edgesTo, retainersOf } from '../../src/heap/retainers';
import { ordinalsByName, planHeap } from '../support/heap-builder';
import { openPlan } from '../support/heap-files';

it('finds every edge to a node, beside nodes that have none', async () => {
  const plan = planHeap(
    'root -> a\n root -> empty\n root -> b\n root -> last\n a -> x\n b -> x\n b [[x]] -> x\n b -> y\n last -> x\n x -> x',
  );
  const heap = await openPlan(plan);
  const { a, b, x, y, last, empty } = ordinalsByName(plan) as Record<string, number>;
  const found = [...edgesTo(heap.graph, x!)];
  expect(found.map(({ from }) => from)).toEqual([a, b, b, x, last].sort((one, other) => one! - other!));
  for (const { from, edge } of found) {
    expect(heap.graph.edges.targetOf(edge)).toBe(x);
    expect(heap.graph.edges.firstOf(from)).toBeLessThanOrEqual(edge);
    expect(heap.graph.edges.endOf(from)).toBeGreaterThan(edge);
  }
  expect([...retainersOf(heap, x!)].sort()).toEqual([a, b, last].sort());
  expect([...retainersOf(heap, y!)]).toEqual([b]);
  expect([...retainersOf(heap, empty!)]).toEqual([0]);
});
