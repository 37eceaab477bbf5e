import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dominatorOf, subtreeEnd } from '../../src/heap/dominators';
import { type HeapPlan, ordinalsByName, planHeap } from '../support/heap-builder';
import { openPlan } from '../support/heap-files';

/** Who dominates whom by name, straight from the edge list. */
async function dominatorsOf(edgeList: string): Promise<Record<string, string>> {
  const plan = planHeap(edgeList);
  const { tree } = await openPlan(plan);
  const names = Object.keys(ordinalsByName(plan));
  return Object.fromEntries(names.slice(1).map((name, i) => [name, names[dominatorOf(tree, i + 1)]!]));
}

describe('dominator tree', () => {
  it('of a chain is the chain', async () => {
    expect(await dominatorsOf('root -> a\n a -> b\n b -> c')).toEqual({ a: 'root', b: 'a', c: 'b' });
  });

  it('of a diamond joins above it', async () => {
    const edges = 'root -> a\n a -> b\n a -> c\n b -> d\n c -> d';
    expect(await dominatorsOf(edges)).toEqual({ a: 'root', b: 'a', c: 'a', d: 'a' });
  });

  it('sees through cycles and edges back', async () => {
    const edges = 'root -> a\n root -> b\n a -> c\n c -> d\n d -> c\n b -> d\n d -> a';
    expect(await dominatorsOf(edges)).toEqual({ a: 'root', b: 'root', c: 'root', d: 'root' });
  });

  it('ignores weak edges and edges to oneself', async () => {
    const edges = 'root -> a\n a -> a\n a -> b\n root [[b]] -> b\n b [[c]] -> c\n a -> c';
    expect(await dominatorsOf(edges)).toEqual({ a: 'root', b: 'a', c: 'a' });
  });

  it('hangs orphans from the root with what they keep, and cliques one by one', async () => {
    const edges = 'root -> a\n orphan -> kept\n orphan [[a]] -> a\n x -> y\n y -> x\n y -> z\n x -> a';
    expect(await dominatorsOf(edges)).toEqual({
      a: 'root',
      orphan: 'root',
      kept: 'orphan',
      x: 'root',
      y: 'root',
      z: 'root',
    });
  });

  it('of a heap in which very many nodes have very many predecessors leads through the node that has them all', async () => {
    const plan = planHeap('root -> hub');
    const count = 2000;
    const [, hub] = plan.nodes;
    for (let i = 2; i < count; i++) {
      hub!.edges.push({ type: 'internal', name: 'e', to: i, nameCopy: 0 });
      // Far apart, so that the search meets them in an order of its own.
      const edges = Array.from({ length: 100 }, (_, k) => 2 + ((i * 7 + k * 919) % (count - 2)));
      const toEdge = (to: number) => ({ type: 'internal', name: 'e', to, nameCopy: 0 }) as const;
      plan.nodes.push({ ...plan.nodes[0]!, type: 'object', id: i * 2 + 1, selfSize: 1, edges: edges.map(toEdge) });
    }
    const { tree } = await openPlan(plan);
    const dominators = Array.from({ length: count }, (_, node) => dominatorOf(tree, node));
    expect(dominators).toEqual([0, 0, ...new Array(count - 2).fill(1)]);
  });

  it('handles a list of 200,000 nodes without recursion', async () => {
    const count = 200_000;
    const plan = planHeap('');
    for (let i = 1; i < count; i++) {
      plan.nodes[i - 1]!.edges.push({ type: 'internal', name: 'next', to: i, nameCopy: 0 });
      plan.nodes.push({ ...plan.nodes[0]!, type: 'object', id: i * 2 + 1, selfSize: 1, edges: [] });
    }
    const heap = await openPlan(plan);
    expect([0, 1, count - 1].map((node) => heap.retainedOf(node))).toEqual([count - 1, count - 1, 1]);
  });
});

/**
 * By definition: d dominates n when n cannot be reached without d. O(n^2), for nodes that the root reaches, or a node
 * that nothing retains, which counts as retained by the root.
 */
function dominatorsByDefinition(plan: HeapPlan): (number | null)[] {
  const targetsOf = plan.nodes.map(({ edges }, node) =>
    edges.filter(({ to, type }) => type !== 'weak' && to !== node).map(({ to }) => to),
  );
  const retained = new Set(targetsOf.flat());
  targetsOf[0]!.push(...[...targetsOf.keys()].filter((node) => node > 0 && !retained.has(node)));
  const reachWithout = (removed: number) => {
    const seen = new Set(removed === 0 ? [] : [0]);
    for (const node of seen) {
      for (const to of targetsOf[node]!) if (to !== removed) seen.add(to);
    }
    return seen;
  };
  const reached = reachWithout(-1);
  const dominators = plan.nodes.map((_, d) => {
    const without = reachWithout(d);
    return new Set([...reached].filter((node) => node !== d && !without.has(node)));
  });
  return plan.nodes.map((_, node) => {
    if (node === 0 || !reached.has(node)) return null;
    // The immediate one is dominated by all others.
    const above = plan.nodes.map((_, d) => d).filter((d) => dominators[d]!.has(node));
    return above.find((d) => above.every((other) => other === d || dominators[other]!.has(d)))!;
  });
}

const anyGraph = fc
  .record({ count: fc.integer({ min: 1, max: 25 }), edges: fc.array(fc.tuple(fc.nat(), fc.nat(), fc.nat(9))) })
  .map(({ count, edges }) => {
    const plan = planHeap('');
    for (let i = 1; i < count; i++) plan.nodes.push({ ...plan.nodes[0]!, type: 'object', selfSize: i, edges: [] });
    for (const [from, to, kind] of edges) {
      const type = kind === 0 ? 'weak' : 'internal';
      plan.nodes[from % count]!.edges.push({ type, name: 'e', to: to % count, nameCopy: 0 });
    }
    return plan;
  });

it('equals the definition on random graphs, and so do retained sizes and preorder', async () => {
  const check = async (plan: HeapPlan) => {
    const expected = dominatorsByDefinition(plan);
    const heap = await openPlan(plan);
    const { tree, graph } = heap;
    expected.forEach((dominator, node) => {
      if (dominator !== null) expect(dominatorOf(tree, node)).toBe(dominator);
    });
    for (let position = 0; position < graph.nodeCount; position++) {
      const node = tree.at[position]!;
      const subtree = [...tree.at.slice(position, subtreeEnd(tree, position))];
      expect(tree.position[node]).toBe(position);
      expect(heap.retainedOf(node)).toBe(subtree.reduce((sum, member) => sum + plan.nodes[member]!.selfSize, 0));
      if (position > 0) expect(tree.position[dominatorOf(tree, node)]!).toBeLessThan(position);
    }
  };
  await fc.assert(fc.asyncProperty(anyGraph, check), { seed: 5, numRuns: 300 });
});

/** Trees of hundreds of nodes, wide and deep: where each hangs below one of the `reach` nodes before it. */
const anyTree = fc
  .record({ reach: fc.constantFrom(1, 2, 5, 40, 1000), picks: fc.array(fc.nat(), { minLength: 1, maxLength: 300 }) })
  .map(({ reach, picks }) => picks.map((pick, node) => Math.max(0, node - (pick % reach))));

it('finds the parent of each node of a tree, however far before it that lies', async () => {
  const check = async (parents: number[]) => {
    const plan = planHeap('');
    parents.forEach((parent, i) => {
      plan.nodes.push({ ...plan.nodes[0]!, type: 'object', edges: [] });
      plan.nodes[parent]!.edges.push({ type: 'internal', name: 'e', to: i + 1, nameCopy: 0 });
    });
    const { tree } = await openPlan(plan);
    expect(parents.map((_, i) => dominatorOf(tree, i + 1))).toEqual(parents);
  };
  await fc.assert(fc.asyncProperty(anyTree, check), { seed: 7, numRuns: 200 });
});
