/** Which of several ways to a node is told, and that it does not depend on who asked for what before. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Heap } from '../../src/heap/heap';
import { RetainerSearch } from '../../src/heap/retainer-search';
import { RetainingTree } from '../../src/heap/retaining-tree';
import { type NodePlan, planHeap } from '../support/heap-builder';
import { openPlan } from '../support/heap-files';
import { anyHeap } from '../support/heap-random';

/** The way to the node called `name`: names of nodes from the root on. */
async function wayTo(name: string, edgeList: string, details: Record<string, Partial<NodePlan>> = {}) {
  const heap = await openPlan(planHeap(edgeList, details));
  const nameOf = (node: number) => heap.names.get(heap.graph.nodes.name[node]!) || 'root';
  const target = [...heap.graph.nodes.name.keys()].find((node) => nameOf(node) === name)!;
  return new RetainingTree(heap).pathTo(target).map(({ node }) => nameOf(node));
}

describe('the path to a node', () => {
  it('is the shortest', async () => {
    expect(await wayTo('c', 'root -> a\n a -> b\n b -> c\n a -> c')).toEqual(['root', 'a', 'c']);
  });

  it('rather takes a longer way than one that explains nothing', async () => {
    const edges = 'root -> a\n a {map} -> c\n a -> b\n b -> c';
    expect(await wayTo('c', edges)).toEqual(['root', 'a', 'b', 'c']);
  });

  it('takes that one where there is no other', async () => {
    expect(await wayTo('c', 'root -> a\n a {map} -> c')).toEqual(['root', 'a', 'c']);
  });

  it("comes to V8's string table last of all", async () => {
    const strings = { table: { type: 'synthetic', name: '(Internalized strings)' } };
    const edges = 'root [1] -> table\n table [1] -> c\n root -> a\n a {map} -> b\n b -> c';
    expect(await wayTo('c', edges, strings)).toEqual(['root', 'a', 'b', 'c']);
  });

  it('goes by the scope that is running rather than by a value that it has in its hands', async () => {
    const details = {
      handles: { type: 'synthetic', name: '(Handle scope)' },
      scope: { name: 'system / Context' },
    };
    const edges = 'root [1] -> handles\n handles {1} -> c\n handles {2} -> scope\n scope $sessions -> c';
    expect(await wayTo('c', edges, details)).toEqual(['root', '(Handle scope)', 'system / Context', 'c']);
  });

  it('never takes an edge that keeps nothing alive', async () => {
    expect(await wayTo('c', 'root -> a\n a [[c]] -> c\n a -> b\n b -> c')).toEqual(['root', 'a', 'b', 'c']);
  });

  it('is the node alone where nothing reaches it', async () => {
    expect(await wayTo('c', 'root -> a\n b -> c')).toEqual(['c']);
  });
});

function parentsOf(heap: Heap, order: readonly number[]): number[] {
  const tree = new RetainingTree(heap);
  const parents = new Map(order.map((node) => [node, tree.parentOf(node)]));
  return Array.from(heap.graph.nodes.name, (_, node) => parents.get(node)!);
}

it('is the same whatever was asked before', async () => {
  await fc.assert(
    fc.asyncProperty(anyHeap(40), async (plan) => {
      const heap = await openPlan(plan);
      const inOrder = [...heap.graph.nodes.name.keys()];
      expect(parentsOf(heap, inOrder.toReversed())).toEqual(parentsOf(heap, inOrder));
    }),
    { seed: 7, numRuns: 60 },
  );
});

it('is the same when another search had begun, which only one tree goes on with', async () => {
  await fc.assert(
    fc.asyncProperty(anyHeap(40), fc.nat(), async (plan, where) => {
      const heap = await openPlan(plan);
      const inOrder = [...heap.graph.nodes.name.keys()];
      const parents = parentsOf(heap, inOrder);
      const begun = new RetainerSearch(heap);
      begun.reach(where % inOrder.length);
      heap.adoptRetainerSearch(structuredClone(begun.state));
      expect(parentsOf(heap, inOrder)).toEqual(parents);
      expect(heap.takeRetainerSearch()).toBeNull();
    }),
    { seed: 8, numRuns: 60 },
  );
});
