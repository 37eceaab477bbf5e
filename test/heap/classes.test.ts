import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { HeapClass } from '../../src/heap/classes';
import { type HeapPlan, planHeap } from '../support/heap-builder';
import { openPlan } from '../support/heap-files';
import { anyHeap } from '../support/heap-random';

/** Locates nodes by name: `line` 0-based, as in the file. */
function locate(plan: HeapPlan, places: Record<string, { scriptId: number; line: number; column: number }>): HeapPlan {
  plan.nodes.forEach(({ name }, ordinal) => {
    if (places[name]) plan.locations.push({ ordinal, ...places[name] });
  });
  return plan;
}

const named = (classes: readonly HeapClass[], name: string) => classes.filter((row) => row.name === name);
const pair = { a: { name: 'Session' }, b: { name: 'Session' } };
const sessions = { ...pair, c: { name: 'Session' } };

describe('classes', () => {
  it('sum what is topmost: a class does not count what it holds itself twice', async () => {
    const plan = planHeap('root -> a\n a -> x\n x -> b\n b -> y\n root -> c', sessions);
    const { classes } = (await openPlan(plan)).groupAsDevTools();
    expect(named(classes, 'Session')).toMatchObject([{ count: 3, shallowSize: 24, retainedSize: 40, distance: 1 }]);
  });

  it('leave out nodes of shallow size 0, as DevTools does', async () => {
    const plan = planHeap('root -> a\n root -> b\n a -> x', { ...pair, a: { name: 'Session', selfSize: 0 } });
    const { classes, classOf } = (await openPlan(plan)).groupAsDevTools();
    expect(named(classes, 'Session')).toMatchObject([{ count: 1, shallowSize: 8, retainedSize: 8 }]);
    expect(classes[classOf[1]!]!.name).toBe('Session');
  });

  it('of one name are two where they are defined in two places', async () => {
    const plan = planHeap('root -> a\n root -> b\n root -> c', sessions);
    plan.locations.push(
      { ordinal: 1, scriptId: 5, line: 9, column: 3 },
      { ordinal: 2, scriptId: 5, line: 9, column: 3 },
    );
    const { classes } = (await openPlan(plan)).classes;
    expect(named(classes, 'Session')).toMatchObject([
      { count: 2, location: { scriptId: 5, line: 10, column: 4, file: null } },
      { count: 1, location: null },
    ]);
  });

  it('of one name but two strings of the file stay two rows for DevTools, one for heapdiff', async () => {
    const plan = planHeap('root -> a\n root -> b', { ...pair, b: { name: 'Session', nameCopy: 1 } });
    const heap = await openPlan(plan);
    expect(named(heap.groupAsDevTools().classes, 'Session')).toMatchObject([{ count: 1 }, { count: 1 }]);
    expect(named(heap.classes.classes, 'Session')).toMatchObject([{ count: 2 }]);
  });

  it('called Function keep closures beside them', async () => {
    const plan = planHeap('root -> a\n root -> f', { a: { name: 'Function' }, f: { type: 'closure' } });
    expect(named((await openPlan(plan)).groupAsDevTools().classes, 'Function')).toHaveLength(2);
  });

  it('are named by type where objects are not, and by tag', async () => {
    const native = (name: string) => ({ type: 'native', name });
    const details = {
      code: { type: 'code' }, hidden: { type: 'hidden' }, text: { type: 'string' }, pattern: { type: 'regexp' },
      div: native('<div id="a">'), span: native('<span>'), gone: native('Detached <b class="x">'), lone: native('<p'),
    }; // biome-ignore format: a table
    const edges = Object.keys(details).map((key) => `root -> ${key}`);
    const { classes } = (await openPlan(planHeap(edges.join('\n'), details))).groupAsDevTools();
    const names = classes.filter(({ count }) => count > 0).map(({ name }) => name);
    const tags = ['<div>', '<span>', 'Detached <b>', '<p'];
    expect(names).toEqual(['(compiled code)', '(system)', '(string)', 'RegExp', ...tags]);
  });
});

describe('closures and contexts', () => {
  const edges = `
    root -> f
    root -> g
    f {shared} -> shared
    shared {script} -> script
    shared {name_or_scope_info} -> scope
    f {context} -> outer
    context {scope_info} -> scope
    block {scope_info} -> inner
    block {previous} -> context
    root -> context
    root -> block
    root -> alone`;
  const details = {
    f: { type: 'closure', name: 'handle' }, g: { type: 'closure', name: 'other' },
    shared: { type: 'code', name: 'handle' }, script: { type: 'code', name: 'file.js' },
    scope: { type: 'code', name: 'system / ScopeInfo' }, inner: { type: 'code', name: 'system / ScopeInfo' },
    context: { name: 'system / Context' }, block: { name: 'system / Context' }, alone: { name: 'system / Context' },
    outer: { name: 'system / NativeContext' },
  }; // biome-ignore format: a table

  const places = { handle: { scriptId: 4, line: 0, column: 0 } };

  it.each([
    ['script', 'script', 'file.js'],
    ['script_or_debug_info', 'script_or_debug_info', 'file.js'],
    ['script, as V8 15 names it', 'script', 'system / Script / file.js'],
  ])('are told apart by function, with the place that leads over %s', async (_what, edge, scriptName) => {
    const named15 = { ...details, script: { type: 'code', name: scriptName } };
    const plan = planHeap(edges.replace('{script}', `{${edge}}`), named15);
    locate(plan, places);
    const { classes } = (await openPlan(plan)).classes;
    const location = { file: 'file.js', scriptId: 4, line: 1, column: 1 };
    expect(named(classes, 'Function')).toMatchObject([
      { function: 'handle', location, count: 1 },
      { function: 'other', location: null, count: 1 },
    ]);
    // A block's context belongs to the function around it.
    expect(named(classes, 'system / Context')).toMatchObject([
      { function: 'handle', location, count: 2 },
      { function: '', location: null, count: 1 },
    ]);
  });

  it('end their search in a ring of contexts', async () => {
    const ring = 'root -> a\n a {previous} -> b\n b {previous} -> a';
    const names = { a: { name: 'system / Context' }, b: { name: 'system / Context' } };
    const { classes } = (await openPlan(planHeap(ring, names))).classes;
    expect(named(classes, 'system / Context')).toMatchObject([{ function: '', count: 2 }]);
  });
});

it('a location of no node, or of the inside of one, is ignored', async () => {
  const plan = planHeap('root -> a');
  plan.locations.push(
    { ordinal: 99, scriptId: 1, line: 0, column: 0 },
    { ordinal: 1 / 7, scriptId: 1, line: 0, column: 0 },
  );
  const { sites } = await openPlan(plan);
  expect([0, 1].map((ordinal) => sites.of(ordinal))).toEqual([0, 0]);
});

it('the last of several locations of one node counts', async () => {
  const plan = planHeap('root -> a');
  for (const line of [1, 2]) plan.locations.push({ ordinal: 1, scriptId: 1, line, column: 0 });
  const { sites } = await openPlan(plan);
  expect(sites.get(sites.of(1))).toMatchObject({ line: 3 });
});

it('have the names that DevTools gives them, but for contexts and proxies', async () => {
  const check = async (plan: HeapPlan) => {
    const heap = await openPlan(plan);
    const theirs = heap.groupAsDevTools();
    const own = heap.classes;
    plan.nodes.forEach(({ type, name }, node) => {
      const expected =
        type === 'hidden' && name === 'system / JSProxy' ? 'Proxy' : theirs.classes[theirs.classOf[node]!]!.name;
      expect(own.classes[own.classOf[node]!]!.name, `node ${node}`).toBe(expected);
    });
  };
  await fc.assert(fc.asyncProperty(anyHeap(60), check), { seed: 5, numRuns: 100 });
});
