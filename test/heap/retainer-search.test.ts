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
