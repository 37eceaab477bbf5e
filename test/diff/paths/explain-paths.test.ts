import { describe, expect, it } from 'vitest';
import { explainPaths } from '../../../src/diff/paths/explain-paths';
import type { PathReport } from '../../../src/diff/paths/path-types';
import { MODULE, openProgram, type Program, times } from '../../support/program-heap';

async function explain(edges: string, query: string, nodes: Program['nodes'] = {}): Promise<PathReport> {
  return explainPaths(await openProgram({ edges: `${MODULE}${edges}`, nodes }), query);
}

const spell = ({ paths }: PathReport) =>
  paths.map(({ count, path }) => {
    const steps = path.map(({ name, constructor: to, repeats }) => `${name}${repeats ? `×${repeats}` : ''} ${to}`);
    return `${count}: ${steps.slice(2).join(' → ')}`;
  });

const inMap = (count: number, from = 0) =>
  `context $sessions -> map\nmap {table} -> table\n${times(count, (i) => `table #${from + i} -> session${from + i}`)}`;

describe('explainPaths of a constructor', () => {
  it('groups objects by the way they are reached, with counts and bytes', async () => {
    const report = await explain(
      `${inMap(30)}
       context $last -> holder
       holder .current -> session90
       holder .previous -> session91`,
      'Session',
      { session: { name: 'Session', selfSize: 100, at: '12:8' }, holder: { name: 'Holder' } },
    );
    expect(report.target).toMatchObject({
      kind: 'constructor',
      count: 32,
      shallowSize: 3_200,
      retainedSize: 3_200,
      unreached: 0,
    });
    expect(report.target.constructors).toEqual([
      { name: 'Session', function: null, location: { file: '/srv/shop/src/store.js', line: 12, column: 8 }, count: 32 },
    ]);
    expect(spell(report).sort().reverse()).toEqual([
      '30: context system / Context → sessions Map → [] Session',
      '1: context system / Context → last Holder → previous Session',
      '1: context system / Context → last Holder → current Session',
    ]);
    expect(report.paths[0]!.holder.text).toBe('`sessions` (Map), a variable in module scope of /srv/shop/src/store.js');
    expect(report.paths.map(({ retainedSize }) => retainedSize)).toEqual([3_000, 100, 100]);
  });

  it('takes the keys of a dictionary for one way, a few named properties for several', async () => {
    const keyed = await explain(
      `context $byName -> object\n${times(20, (i) => `object .user-${i} -> session${i}`)}`,
      'Session',
    );
    expect(spell(keyed)).toEqual(['20: context system / Context → byName Object → [key] Session']);
    const named = await explain(
      'context $pair -> object\nobject .left -> session1\nobject .right -> session2',
      'Session',
    );
    expect(spell(named)).toHaveLength(2);
  });

  it('goes on below the keys of a dictionary', async () => {
    const edges = `context $rooms -> object\n${times(20, (i) => `object .room-${i} -> room${i}\nroom${i} .owner -> session${i}`)}`;
    expect(spell(await explain(edges, 'Session', { room: { name: 'Room' } }))).toEqual([
      '20: context system / Context → rooms Object → [key] Room → owner Session',
    ]);
  });

  it('names what holds the objects behind scopes in scopes, which are no chain of theirs', async () => {
    const edges = `context {context} -> scope
      scope {context} -> inner
      inner $list -> array
      array {elements} -> elements
      ${times(20, (i) => `elements #${i} -> session${i}`)}`;
    const nodes = { scope: { name: 'system / Context' }, inner: { name: 'system / Context' } };
    const report = await explain(edges, 'Session', nodes);
    expect(spell(report)[0]).toContain('context×2 system / Context');
    expect(report.paths[0]!.holder).toMatchObject({ name: 'Array', label: 'list' });
  });

  it('shows a chain once, with its length', async () => {
    const edges = `context $head -> link0\n${times(3_000, (i) => `link${i} .next -> link${i + 1}`)}`;
    const report = await explain(edges, 'Link', { link: { name: 'Link', selfSize: 10 } });
    expect(spell(report)).toEqual([
      '3000: context system / Context → head Link → next×3000 Link',
      '1: context system / Context → head Link',
    ]);
    expect(report.target.retainedSize).toBe(30_010);
    expect(report.paths[0]!.holder.text).toMatch(/^`head` \(Link\), a variable in module scope/);
    expect(report.paths[1]!.holder.text).toMatch(/^the variables in module scope of .*store\.js, through head/);
  });

  it('shows a chain over two objects once, too', async () => {
    const edges = `context $head -> link0\n${times(50, (i) => `link${i} .tail -> box${i}\nbox${i} .link -> link${i + 1}`)}`;
    const report = await explain(edges, 'Link', { link: { name: 'Link', selfSize: 10 }, box: { name: 'Box' } });
    expect(spell(report).some((line) => /^50: .*tail×\d+ Box → link×\d+ Link$/.test(line))).toBe(true);
    expect(report.paths.length).toBeLessThan(4);
  });

  it('finds closures by their function, with or without brackets', async () => {
    const nodes = { onClose: { type: 'closure', name: 'onClose', at: '31:22' } };
    const edges = times(3, (i) => `context $hook${i} -> onClose${i}`);
    for (const query of ['onClose', 'onClose()']) expect((await explain(edges, query, nodes)).target.count).toBe(3);
  });

  it('tells what only weak references lead to', async () => {
    const report = await explain(`${inMap(2)}\ncontext [[9]] -> session77`, 'Session');
    expect(report.target).toMatchObject({ count: 3, unreached: 1 });
    expect(report.paths).toHaveLength(1);
  });
});

describe('explainPaths of a node', () => {
  const edges = `
    context $first -> alpha
    context $second -> beta
    alpha .deep -> gamma
    gamma .shared -> target
    beta .shared -> target
    target .back -> owned
    owned .parent -> target`;

  it('shows who else holds it, but not what is alive through it', async () => {
    const heap = await openProgram({ edges: `${MODULE}${edges}` });
    const target = [...heap.graph.nodes.name.keys()].find(
      (node) => heap.names.get(heap.graph.nodes.name[node]!) === 'target',
    )!;
    const report = explainPaths(heap, `@${heap.graph.nodes.id[target]}`);
    expect(report.target.kind).toBe('node');
    expect(spell(report)).toEqual([
      '1: context system / Context → second beta → shared target',
      '1: context system / Context → first alpha → deep gamma → shared target',
    ]);
    expect(explainPaths(heap, `${heap.graph.nodes.id[target]}`, { most: 1 }).paths).toHaveLength(1);
  });
});

describe('NO_SUCH_NODE', () => {
  it('names what comes near', async () => {
    const failure = async (query: string) =>
      explain(inMap(2), query).catch((error) => ({ code: error.code, todo: error.todo }));
    expect(await failure('Sesion')).toEqual({ code: 'NO_SUCH_NODE', todo: 'Did you mean: Session?' });
    expect(await failure('zzz')).toMatchObject({ code: 'NO_SUCH_NODE', todo: expect.stringContaining('summary') });
    expect(await failure('999999')).toMatchObject({ code: 'NO_SUCH_NODE' });
  });
});
