/** Attached and detached DOM nodes of a page. */
import { expect, it } from 'vitest';
import { type NodePlan, planHeap } from '../support/heap-builder';
import { openPlan } from '../support/heap-files';

const UNKNOWN = 0;
const ATTACHED = 1;
const DETACHED = 2;
const native = (detachedness: number, name: string): Partial<NodePlan> => ({ type: 'native', name, detachedness });

async function namesOf(edgeList: string, details: Record<string, Partial<NodePlan>>): Promise<string[]> {
  const { graph, names } = await openPlan(planHeap(edgeList, details));
  return Array.from(graph.nodes.name.slice(1), (name) => names.get(name));
}

it('spreads from nodes that know their state to native nodes below, attached first', async () => {
  const edges = `
    root -> document
    root -> div
    document .p -> p
    div .span -> span
    div .text -> text
    p .text -> text
    div {object} -> object
    object -> beyond
    div #1 -> hidden
    div [[w]] -> weak`;
  const details = {
    document: native(ATTACHED, 'Document'), div: native(DETACHED, '<div id="a">'), p: native(UNKNOWN, '<p>'),
    span: native(UNKNOWN, '<span>'), text: native(UNKNOWN, 'Text'), object: { name: 'Wrapper' },
    beyond: native(UNKNOWN, 'Beyond'), hidden: native(UNKNOWN, 'Hidden'), weak: native(UNKNOWN, 'Weak'),
  }; // biome-ignore format: a table
  expect(await namesOf(edges, details)).toEqual([
    'Document', 'Detached <div id="a">', '<p>', 'Detached <span>', 'Text', 'Wrapper', 'Beyond', 'Hidden', 'Weak',
  ]); // biome-ignore format: as above
});

it('names detached nodes alike where their strings are alike, and groups them by tag', async () => {
  const plan = planHeap('root -> a\n root -> b\n root -> c', {
    a: native(DETACHED, '<b x>'),
    b: native(DETACHED, '<b x>'),
    c: native(DETACHED, '<b y>'),
  });
  const heap = await openPlan(plan);
  const [, a, b, c] = heap.graph.nodes.name;
  expect(a).toBe(b);
  expect(c).not.toBe(a);
  const row = heap.groupAsDevTools().classes.find(({ name }) => name === 'Detached <b>');
  expect(row?.count).toBe(3);
});
