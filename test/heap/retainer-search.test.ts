import { expect, it } from 'vitest';
import { RetainerSearch } from '../../src/heap/retainer-search';
import { planHeap } from '../support/heap-builder';
import { openPlan } from '../support/heap-files';

it('the search for retainers goes on until somebody says to stop', async () => {
  const branches = Array.from({ length: 5000 }, (_, i) => `root -> n${i}\nn${i} -> leaf${i}`);
  const heap = await openPlan(planHeap(branches.join('\n')));
  const search = new RetainerSearch(heap);
  search.advance(() => true);
  const open = search.state.open.map(({ head, tail }) => tail - head);
  expect(open[0]).toBeGreaterThan(0);
  search.advance(() => false);
  expect(search.state.open.map(({ head, tail }) => tail - head)).toEqual([0, 0, 0]);
});

it('a line that another heap had no use for becomes longer when it has to', async () => {
  const branches = Array.from({ length: 50 }, (_, i) => `root -> n${i}\nn${i} -> leaf${i}`);
  const heap = await openPlan(planHeap(branches.join('\n')));
  const [short, own] = [new RetainerSearch(heap, { line: new Uint32Array(3) }), new RetainerSearch(heap)];
  const parents = [short, own].map((search) =>
    Array.from(heap.graph.nodes.id, (_, node) => (search.reach(node) ? search.parentOf(node) : -1)),
  );
  expect(parents[0]).toEqual(parents[1]);
});
