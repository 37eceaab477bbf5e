import { describe, expect, it } from 'vitest';
import { formatPropertyName } from '../../src/heap/plain-objects';
import { type HeapPlan, planHeap } from '../support/heap-builder';
import { openPlan } from '../support/heap-files';

/** A heap of plain objects, each given by its properties in order. */
function plainObjects(...objects: (readonly string[])[]): HeapPlan {
  const plan = planHeap('root -> leaf');
  for (const properties of objects) {
    const edges = properties.map((name) => ({ type: 'property', name, to: 1, nameCopy: 0 }));
    plan.nodes.push({ ...plan.nodes[1]!, name: 'Object', edges });
  }
  return plan;
}

/** Class names of the plain objects, as DevTools groups them. */
async function namesOf(...objects: (readonly string[])[]): Promise<string[]> {
  const heap = await openPlan(plainObjects(...objects));
  const { classOf, classes } = heap.groupAsDevTools();
  return [...classOf.slice(2)].map((index) => classes[index]!.name);
}

const times = (count: number, properties: readonly string[]) => new Array<readonly string[]>(count).fill(properties);

describe('plain objects are named by shape', () => {
  it('when two have it', async () => {
    expect(await namesOf(['id', 'token'], ['id', 'token'], ['once'])).toEqual(['{id, token}', '{id, token}', 'Object']);
  });

  it('by the shape with the most of their properties, then by the more frequent', async () => {
    const names = await namesOf(...times(3, ['a']), ...times(2, ['a', 'b']), ...times(2, ['c']), ['a', 'b', 'z'], ['c', 'a']);
    expect(names.slice(-2)).toEqual(['{a, b}', '{a}']);
  }); // biome-ignore format: names in one line

  it('by the more frequent order of the same properties', async () => {
    expect(await namesOf(['b', 'a'], ['b', 'a'], ...times(3, ['a', 'b']))).toEqual(times(5, []).map(() => '{a, b}'));
  });

  it('but not by __proto__, and not when empty', async () => {
    expect(await namesOf(...times(2, ['__proto__', 'a']), ...times(2, []))).toEqual(['{a}', '{a}', 'Object', 'Object']);
  });

  it('quoting names that hold the characters of a shape', async () => {
    expect((await namesOf(...times(2, ['a,b', 'c"d', "it's", 'e f'])))[0]).toBe('{"a,b", "c\\"d", "it\'s", e f}');
    expect(formatPropertyName('plain')).toBe('plain');
  });

  it('cut at 120 characters, but with one property at least', async () => {
    const long = 'x'.repeat(200);
    const [a, b] = ['a'.repeat(60), 'b'.repeat(60)];
    expect((await namesOf(...times(2, [long, 'id'])))[0]).toBe(`{${long}}`);
    expect((await namesOf(...times(2, [a, b.slice(1), 'id'])))[0]).toBe(`{${a}, ${b.slice(1)}}`);
    expect((await namesOf(...times(2, [a, b, 'id'])))[0]).toBe(`{${a}}`);
  });

  it('without a comma after an empty first name, and by what comes first under one name, as DevTools does', async () => {
    const names = await namesOf(...times(2, ['', 'id']), ...times(2, ['id']));
    expect(names).toEqual(['{id}', '{id}', 'Object', 'Object']);
  });

  it('only when at least one object in a thousand has it', async () => {
    const rare = [...times(2, ['rare']), ...times(2001, ['often'])];
    expect((await namesOf(...rare))[0]).toBe('Object');
    expect((await namesOf(...rare.slice(0, -1)))[0]).toBe('Object');
    expect((await namesOf(...rare.slice(0, -3)))[0]).toBe('{rare}');
  });
});

it('of shapes as frequent as each other, the one that appears first is first', async () => {
  const heap = await openPlan(plainObjects(['a'], ['b', 'c'], ['b'], ['b'], ['b', 'c'], ['a']));
  expect(heap.shapes.map(({ name }) => name)).toEqual(['{a}', '{b, c}', '{b}']);
});

it('shapes of another heap name this one, too', async () => {
  const other = await openPlan(plainObjects(...times(2, ['id'])));
  const heap = await openPlan(plainObjects(['id', 'extra'], ['id', 'other']));
  const names = (classes: readonly { name: string; count: number }[]) =>
    classes.filter(({ count }) => count > 0).map(({ name }) => name);
  expect(names(heap.classes.classes)).toContain('Object');
  expect(names(heap.groupByShapes(other.shapes).classes)).toContain('{id}');
});
