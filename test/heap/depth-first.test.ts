/** Which edges retain, seen through retained sizes: every node weighs 8 bytes. */
import { describe, expect, it } from 'vitest';
import { type NodePlan, planHeap } from '../support/heap-builder';
import { openPlan } from '../support/heap-files';

async function retainedOf(edgeList: string, details: Record<string, Partial<NodePlan>> = {}) {
  const heap = await openPlan(planHeap(edgeList, details));
  const { graph, names } = heap;
  return Object.fromEntries(
    Array.from(graph.nodes.name, (name, ordinal) => [names.get(name) || 'root', heap.retainedOf(ordinal)]),
  );
}

describe('an edge does not retain', () => {
  it('when it is weak', async () => {
    expect(await retainedOf('root -> a\n a [[b]] -> b')).toMatchObject({ a: 8, b: 8 });
  });

  it('when it is a shortcut, except from the root', async () => {
    expect(await retainedOf('root !window -> a\n a !b -> b\n a -> c')).toMatchObject({ a: 16, b: 8 });
    expect(await retainedOf('root !1 -> a\n root !2 -> b\n a -> b')).toMatchObject({ a: 8, b: 8 });
  });

  it('when it leads from a WeakMap to a value that the key keeps', async () => {
    const name = (index: number) => `${index} / part of key (K @7) -> value (V @9) pair in WeakMap (table @3)`;
    const edges = `root -> table\n root -> key\n table {${name(1)}} -> value\n key {${name(2)}} -> value`;
    expect(await retainedOf(edges)).toMatchObject({ table: 8, key: 16 });
    expect(await retainedOf(edges.replaceAll('table @3', 'table @4'))).toMatchObject({ table: 8, key: 8 });
    expect(await retainedOf(edges.replaceAll('value (V', 'worth (V'))).toMatchObject({ table: 8, key: 8 });
  });

  it('when it leads from a debugger into the page', async () => {
    const page = 'root !window -> window\n window -> a\n a -> b\n root -> debugger\n debugger -> b';
    expect(await retainedOf(page)).toMatchObject({ window: 24, a: 16, debugger: 8 });
  });
});

it('of the DOM trees make a page, too', async () => {
  const trees = { trees: { type: 'synthetic', name: '(Document DOM trees)' } };
  const edges = 'root [1] -> trees\n trees -> div\n div -> text\n root -> debugger\n debugger -> text';
  expect(await retainedOf(edges, trees)).toMatchObject({ div: 16, debugger: 8 });
});

it('what the page reaches by edges that keep nothing alive is its own all the same', async () => {
  // The shortcut retains nothing, but c is the page's, so that the debugger's edge to it does not count either.
  const page = 'root !window -> window\n window !shortcut -> c\n c -> d\n root -> debugger\n debugger -> d';
  expect(await retainedOf(page)).toMatchObject({ window: 8, c: 16, debugger: 8 });
});

it('a page that leads to the root owns everything: edges of a debugger count', async () => {
  const page = 'root !window -> window\n window -> root\n window -> a\n root -> debugger\n debugger -> b';
  expect(await retainedOf(page)).toMatchObject({ window: 16, a: 8, debugger: 16 });
});

it('nodes that nothing retains keep what they alone reach', async () => {
  expect(await retainedOf('root [1] -> a\n b -> c\n c -> d\n e -> e2\n e2 -> e')).toMatchObject({
    a: 8,
    b: 24,
    c: 16,
    e: 8,
    e2: 8,
  });
});
