import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ChildGroup, Children, NO_EDGE } from '../../src/heap/children';
import { dominatorOf } from '../../src/heap/dominators';
import type { Heap } from '../../src/heap/heap';
import { ordinalsByName, planHeap } from '../support/heap-builder';
import { openPlan } from '../support/heap-files';
import { anyHeap } from '../support/heap-random';

/** The key of edges that indices name. */
const INDICES = 9;

/** Every child of a node with its edge, straight from the definition. */
function childrenOf(heap: Heap, node: number): [child: number, edge: number][] {
  const { graph, essential, tree } = heap;
  const all = [...graph.nodes.type.keys()];
  const children = all.filter((child) => child !== graph.root && dominatorOf(tree, child) === node);
  return children.map((child) => {
    for (let edge = graph.edges.firstOf(node); edge < graph.edges.endOf(node); edge++) {
      if (essential.has(edge) && graph.edges.targetOf(edge) === child) return [child, edge];
    }
    return [child, NO_EDGE];
  });
}

const sortedByChild = (found: [number, number][]) => found.sort(([a], [b]) => a - b);

function listEach(children: Children, node: number): [number, number][] {
  const found: [number, number][] = [];
  children.each(node, (child, edge) => found.push([child, edge]));
  return found;
}

/** A list of so many members, each in a class of its own kind, with some that two of them share. */
function widePlan(members: number) {
  const plan = planHeap('root -> list');
  const { list } = ordinalsByName(plan) as { list: number };
  const add = (name: string, selfSize: number) =>
    plan.nodes.push({ ...plan.nodes[list]!, name, selfSize, id: plan.nodes.length * 2 + 1, edges: [] }) - 1;
  for (let i = 0; i < members; i++) {
    const to = add(i % 3 === 0 ? 'Order' : 'Session', 10);
    plan.nodes[list]!.edges.push({ type: 'property', name: `k${i}`, to, nameCopy: 0 });
    plan.nodes[to]!.edges.push({ type: 'property', name: 'text', to: add('Text', 1), nameCopy: 0 });
  }
  const shared = add('Shared', 5);
  for (const from of [2, 4])
    plan.nodes[from]!.edges.push({ type: 'property', name: 'shared', to: shared, nameCopy: 0 });
  return { plan, list, shared };
}

describe('the children of a node', () => {
  it('of random heaps are those that it dominates, with the first edge that leads there', async () => {
    const check = async (plan: Parameters<typeof openPlan>[0]) => {
      const heap = await openPlan(plan);
      const children = new Children(heap, INDICES);
      for (const node of heap.graph.nodes.type.keys()) {
        expect(sortedByChild(listEach(children, node))).toEqual(childrenOf(heap, node));
      }
    };
    await fc.assert(fc.asyncProperty(anyHeap(60), check), { seed: 5, numRuns: 60 });
  });

  it('come in the order of edges, then those that no edge leads to', async () => {
    const plan = planHeap('root -> a\n a -> c\n a -> b\n c -> d\n b -> d');
    const { a, b, c, d } = ordinalsByName(plan) as Record<'a' | 'b' | 'c' | 'd', number>;
    const found = listEach(new Children(await openPlan(plan), INDICES), a);
    expect(found.map(([child]) => child)).toEqual([c, b, d]);
    expect(found.at(-1)![1]).toBe(NO_EDGE);
  });

  it('are grouped by key and class, however many there are', async () => {
    const { plan, list, shared } = widePlan(10_000);
    const heap = await openPlan(plan);
    const { classOf, classes } = heap.groupByShapes([]);
    const { edges } = heap.graph;
    const sums = new Map<string, { nodes: number[]; retained: number; shallow: number }>();
    const take = ({ key, edge, classIndex, nodes, sizes }: ChildGroup) => {
      const name = `${key} ${classes[classIndex]!.name}`;
      const sum = sums.get(name) ?? { nodes: [], retained: 0, shallow: 0 };
      const [retained, shallow] = [sum.retained + sizes.retained, sum.shallow + sizes.shallow];
      sums.set(name, { nodes: [...sum.nodes, ...nodes], retained, shallow });
      expect(sizes.largest).toBe(Math.max(...Array.from(nodes, (node) => heap.retainedOf(node))));
      expect(edge === NO_EDGE ? -1 : edges.targetOf(edge)).toBe(edge === NO_EDGE ? -1 : nodes[0]);
    };
    const keyOf = (edge: number) => (edge === NO_EDGE ? 7 : edges.nameOf(edge) % 2);
    new Children(heap, INDICES).eachGroup(Uint32Array.of(list), { classOf, keyOf }, take);
    const members = childrenOf(heap, list).filter(([, edge]) => edge !== NO_EDGE);
    for (const [place, name] of [[0, 'Order'], [1, 'Order'], [0, 'Session'], [1, 'Session']] as const) {
      const nodes = members.filter(([child, edge]) => keyOf(edge) === place && classes[classOf[child]!]!.name === name);
      const all = nodes.map(([child]) => child);
      expect(sums.get(`${place} ${name}`)).toEqual({ nodes: all, retained: all.length * 11, shallow: all.length * 10 });
    } // biome-ignore format: a table
    expect(sums.get('7 Shared')).toEqual({ nodes: [shared], retained: 5, shallow: 5 });
    expect(sums.size).toBe(5);
  });

  it('have one key where indices name the edges, in whatever way V8 writes those', async () => {
    const plan = planHeap('root -> table');
    const { table } = ordinalsByName(plan) as { table: number };
    const names = [
      ...Array.from({ length: 300 }, (_, i) => ['element', i] as const),
      ...Array.from({ length: 5000 }, (_, i) => ['internal', `${i}`] as const),
      ...Array.from({ length: 400 }, (_, i) => ['internal', `${i % 4}`] as const),
      ...(['7 / part of key (K @1) -> value (V @3) pair in WeakMap (table @5)', 'next'] as const).map(
        (name) => ['internal', name] as const,
      ),
      ['property', '7th'] as const,
      ...Array.from({ length: 100 }, () => ['property', 'x'] as const),
    ];
    for (const [type, name] of names) {
      const to = plan.nodes.push({ ...plan.nodes[table]!, id: plan.nodes.length * 2 + 1, edges: [] }) - 1;
      plan.nodes[table]!.edges.push({ type, name, to, nameCopy: 0 });
    }
    const heap = await openPlan(plan);
    const { edges } = heap.graph;
    const { classOf } = heap.groupByShapes([]);
    const counts = new Map<string, number>();
    const take = ({ key, edge, nodes }: ChildGroup) => {
      const name = key === INDICES ? 'an index' : heap.names.get(edges.nameOf(edge));
      counts.set(name, (counts.get(name) ?? 0) + nodes.length);
    };
    const keyOf = (edge: number) => (edge === NO_EDGE ? 0 : 10 + edges.nameOf(edge));
    new Children(heap, INDICES).eachGroup(Uint32Array.of(table), { classOf, keyOf }, take);
    expect(Object.fromEntries(counts)).toEqual({ 'an index': 5701, next: 1, '7th': 1, x: 100 });
  });

  it('of very many nodes are grouped together', async () => {
    const { plan, list } = widePlan(9_000);
    const heap = await openPlan(plan);
    const { classOf } = heap.groupByShapes([]);
    const members = Uint32Array.from(childrenOf(heap, list), ([child]) => child);
    let [count, bytes] = [0, 0];
    const take = ({ nodes, sizes }: ChildGroup) => {
      count += nodes.length;
      bytes += sizes.retained;
    };
    new Children(heap, INDICES).eachGroup(members, { classOf, keyOf: () => 0 }, take);
    expect([count, bytes]).toEqual([9_000, 9_000]);
  });
});
