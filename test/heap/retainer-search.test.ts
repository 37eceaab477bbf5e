import { expect, it } from 'vitest';
import { beginSearch, RetainerSearch } from '../../src/heap/retainer-search';
import { ordinalsByName, planHeap } from '../support/heap-builder';
import { openPlan } from '../support/heap-files';

it('the search for retainers goes on until somebody says to stop', async () => {
  const branches = Array.from({ length: 10_000 }, (_, i) => `root -> n${i}\nn${i} -> leaf${i}`);
  const heap = await openPlan(planHeap(branches.join('\n')));
  const search = new RetainerSearch(heap);
  search.advance(() => true);
  const open = search.state.open.map(({ head, tail }) => tail - head);
  expect(open[0]).toBeGreaterThan(0);
  search.advance(() => false);
  expect(search.state.open.map(({ head, tail }) => tail - head)).toEqual([0, 0, 0]);
});

it('a list is followed to its end, with what hangs from it by lesser edges', async () => {
  const plan = planHeap('root -> first');
  const { first } = ordinalsByName(plan) as { first: number };
  const add = (from: number, name: string) => {
    const to = plan.nodes.push({ ...plan.nodes[first]!, id: plan.nodes.length * 2 + 1, edges: [] }) - 1;
    plan.nodes[from]!.edges.push({ type: name === 'next' ? 'property' : 'internal', name, to, nameCopy: 0 });
    return to;
  };
  const parents = new Map<number, number>([[first, 0]]);
  const link = (from: number, name: string) => {
    const to = add(from, name);
    parents.set(to, from);
    return to;
  };
  for (let i = 0, at = first; i < 20_000; i++) {
    const poor = link(at, 'map');
    link(link(poor, 'next'), 'next');
    at = link(at, 'next');
  }
  const search = new RetainerSearch(await openPlan(plan));
  search.advance(() => false);
  for (const [node, parent] of parents) expect(search.parentOf(node)).toBe(parent);
});

it('a line that another heap had no use for becomes longer when it has to', async () => {
  const branches = Array.from({ length: 50 }, (_, i) => `root -> n${i}\nn${i} -> leaf${i}`);
  const heap = await openPlan(planHeap(branches.join('\n')));
  const [short, own] = [
    new RetainerSearch(heap, beginSearch(heap.graph, new Uint32Array(3))),
    new RetainerSearch(heap),
  ];
  const parents = [short, own].map((search) =>
    Array.from(heap.graph.nodes.id, (_, node) => (search.reach(node) ? search.parentOf(node) : -1)),
  );
  expect(parents[0]).toEqual(parents[1]);
});

it('poor edges of a node may lead to more nodes than are followed at once', async () => {
  const plan = planHeap('root -> code\ncode -> first\nfirst -> late', { code: { type: 'code' } });
  const { code, first, late } = ordinalsByName(plan) as Record<'code' | 'first' | 'late', number>;
  const add = () => plan.nodes.push({ ...plan.nodes[late]!, id: plan.nodes.length * 2 + 1, edges: [] }) - 1;
  const link = (from: number, to: number) =>
    plan.nodes[from]!.edges.push({ type: 'property', name: 'x', to, nameCopy: 0 });
  const branches = Array.from({ length: 20_000 }, () => [add(), add()] as const);
  for (const [branch, leaf] of branches) {
    link(code, branch);
    link(branch, leaf);
  }
  link(code, late);
  const search = new RetainerSearch(await openPlan(plan));
  search.advance(() => false);
  // By then, good edges had a chance.
  expect([first, late].map((node) => search.parentOf(node))).toEqual([code, first]);
  for (const [branch, leaf] of branches) {
    expect([search.parentOf(branch), search.parentOf(leaf)]).toEqual([code, branch]);
  }
});
