/** Where growth ends up: groups of two dominator trees, crowds, chains, kin, growth in place. */
import { describe, expect, it } from 'vitest';
import { findAccumulations } from '../../../src/diff/suspects/accumulations';
import { INDEXED } from '../../../src/diff/suspects/edge-names';
import { ANY_NAME, childGroups, growthOf, rootGroup } from '../../../src/diff/suspects/groups';
import { LARGE, MODULE, openPrograms, type Program, times } from '../../support/program-heap';

const base = `${MODULE} context $sessions -> map\nmap {table} -> table`;
const sessions = (count: number, from = 0) => times(count, (i) => `table #${from + i} -> session${from + i}`);

async function accumulate(before: string, after: string, nodes: Program['nodes'] = {}) {
  const { pair } = await openPrograms({ edges: before, nodes }, { edges: after, nodes });
  return findAccumulations(pair).map(({ group, growthBytes, growthCount, cycle }) => ({
    name: pair.classes[group.classIndex]!.name,
    edge: group.edge,
    ...{ growthBytes, growthCount },
    isChain: cycle !== null,
  }));
}

describe('groups', () => {
  it('put objects together by edge and class; numbers are one edge', async () => {
    const nodes = { other: { name: 'Other' } };
    const edges = `${base}\n${sessions(3)}\ntable #7 -> other`;
    const { pair } = await openPrograms({ edges, nodes }, { edges: `${edges}\n${sessions(2, 10)}`, nodes });
    let group = childGroups(pair, rootGroup(pair)).find(({ edge }) => edge === 'global')!;
    for (const edge of ['load', 'context', 'sessions', 'table']) {
      group = childGroups(pair, group).find((child) => child.edge === edge)!;
    }
    const below = childGroups(pair, group).map((child) => [
      child.edge,
      child.before.nodes.length,
      child.after.nodes.length,
    ]);
    expect(below.sort()).toEqual([
      [INDEXED, 1, 1],
      [INDEXED, 3, 5],
    ]);
    expect(growthOf(group)).toBe(2 * LARGE);
  });

  it('take names that only one side has for keys', async () => {
    const keys = (from: number, count: number) => times(count, (i) => `object .user${from + i} -> session${from + i}`);
    const edges = `${MODULE} context $byName -> object\nobject .limits -> array`;
    const { pair } = await openPrograms({ edges: `${edges}\n${keys(0, 3)}` }, { edges: `${edges}\n${keys(3, 9)}` });
    let group = childGroups(pair, rootGroup(pair)).find(({ edge }) => edge === 'global')!;
    for (const edge of ['load', 'context', 'byName'])
      group = childGroups(pair, group).find((child) => child.edge === edge)!;
    const below = childGroups(pair, group).map((child) => [
      child.edge,
      child.before.nodes.length,
      child.after.nodes.length,
    ]);
    expect(below.sort()).toEqual([
      [ANY_NAME, 3, 9],
      ['limits', 1, 1],
    ]);
  });

  it('take a key that begins with a digit for a key like the others', async () => {
    const key = (i: number) => (i % 2 === 0 ? `object .${i}f0e -> session${i}` : `object .e${i}0f -> session${i}`);
    const keys = (from: number, count: number) => times(count, (i) => key(from + i));
    const dictionary = `${MODULE} context $byId -> object`;
    const found = await accumulate(`${dictionary}\n${keys(0, 6)}`, `${dictionary}\n${keys(2, 44)}`);
    expect(found).toMatchObject([{ name: 'Session', edge: ANY_NAME, growthCount: 38 }]);
  });
});

describe('findAccumulations', () => {
  it('finds a crowd, counted and sized', async () => {
    expect(await accumulate(`${base}\n${sessions(5)}`, `${base}\n${sessions(45)}`)).toEqual([
      { name: 'Session', edge: INDEXED, growthBytes: 40 * LARGE, growthCount: 40, isChain: false },
    ]);
  });

  it('finds nothing where nothing grew, or a few odd objects came', async () => {
    expect(await accumulate(`${base}\n${sessions(50)}`, `${base}\n${sessions(50)}`)).toEqual([]);
    const nodes = { session: { name: 'Session', selfSize: 1_000 } };
    expect(await accumulate(`${base}\n${sessions(50)}`, `${base}\n${sessions(55)}`, nodes)).toEqual([]);
  });

  it('follows growth down: members that grew by what they hold are not the crowd', async () => {
    const room = (i: number) => `table #${i} -> room${i}\nroom${i} .list -> array${i}`;
    const nodes = { room: { name: 'Room' }, array: { name: 'Array' } };
    const rooms = times(10, room);
    const fill = times(10, (i) => times(6, (j) => `array${i} [${j}] -> session${i * 100 + j}`));
    const found = await accumulate(`${base}\n${rooms}`, `${base}\n${rooms}\n${fill}`, nodes);
    expect(found).toMatchObject([{ name: 'Session', growthCount: 60 }]);
  });

  it('goes on into the one member that grew, however many small ones have come beside it', async () => {
    const objects = (count: number) => times(count, (i) => `table #${i} -> object${i}`);
    const listed = (count: number) => `object0 .list -> array\n${times(count, (i) => `array [${i}] -> session${i}`)}`;
    const before = `${base}\n${objects(60)}\n${listed(100)}`;
    const found = await accumulate(before, `${base}\n${objects(140)}\n${listed(150)}`);
    expect(found).toMatchObject([{ name: 'Session', growthCount: 50 }]);
  });

  describe('takes entries of many classes for one crowd', () => {
    const kinds = (count: number) =>
      Object.fromEntries(
        Array.from({ length: 90 }, (_, i) => [`event${i}`, { name: `Event${i % count}`, selfSize: 1_000 }]),
      );
    const events = (count: number) => times(count, (i) => `array [${i}] -> event${i}`);
    const list = `${MODULE} context $events -> array`;
    const found = (count: number, nodes: Program['nodes']) =>
      accumulate(`${list}\n${events(10)}`, `${list}\n${events(count)}`, { array: { name: 'Array' }, ...nodes });

    it('though none of them would be one by itself', async () => {
      expect(await found(90, kinds(30))).toMatchObject([{ edge: ANY_NAME, growthCount: 80, growthBytes: 80_000 }]);
    });

    it('though each would be one', async () => {
      expect(await found(90, kinds(4))).toMatchObject([{ edge: ANY_NAME, growthCount: 80, growthBytes: 80_000 }]);
    });

    it("but not where one makes up half, nor beside the strings that are a Map's keys", async () => {
      expect(await found(90, kinds(2))).toMatchObject([{ growthCount: 40 }, { growthCount: 40 }]);
      const strings = { type: 'string' as const, selfSize: 1_000 };
      const nodes = {
        ...kinds(4),
        ...Object.fromEntries(
          times(30, (i) => `event${i + 20}`)
            .split('\n')
            .map((key) => [key, strings]),
        ),
      };
      const counts = (await found(90, nodes)).map(({ growthCount }) => growthCount);
      expect(counts.sort()).toEqual([30, 50]);
    });

    it('but not where they are large ones of their own', async () => {
      const nodes = { ...kinds(4), event20: { name: 'Event0', selfSize: 400_000 } };
      expect((await found(90, nodes)).every(({ growthCount }) => growthCount < 80)).toBe(true);
    });
  });

  it('takes members of all sizes for a crowd', async () => {
    const nodes = Object.fromEntries(
      Array.from({ length: 60 }, (_, i) => [`page${i}`, { name: 'Page', selfSize: 2 ** (8 + (i % 10)) }]),
    );
    const pages = (count: number) => times(count, (i) => `table #${i} -> page${i}`);
    const [found] = await accumulate(`${base}\n${pages(20)}`, `${base}\n${pages(60)}`, nodes);
    expect(found).toMatchObject({ name: 'Page', growthCount: 40 });
  });

  it('makes a chain one accumulation, as long as it is', async () => {
    const nodes = { link: { name: 'Link', selfSize: 4_096 } };
    const before = `${MODULE} context $head -> link0\n${times(10, (i) => `link${i} .next -> link${i + 1}`)}`;
    const after = `${before}\n${times(2_000, (i) => `link${i + 10} .next -> link${i + 11}`)}`;
    const found = await accumulate(before, after, nodes);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ name: 'Link', growthCount: 2_000, isChain: true });
    expect(found[0]!.growthBytes).toBeCloseTo(2_000 * 4_096, -5);
  });

  it('gathers kin: many places that grew a little each, of one class name', async () => {
    const nodes = (count: number) =>
      Object.fromEntries(
        Array.from({ length: count }, (_, i) => [`made${i}`, { name: 'Made', selfSize: 3_000, at: `${i + 1}:1` }]),
      );
    const edges = `${base}\n${times(60, (i) => `table #${i} -> made${i}`)}`;
    const found = await accumulate(base, edges, nodes(60));
    expect(found).toEqual([{ name: 'Made', edge: ANY_NAME, growthBytes: 180_000, growthCount: 60, isChain: false }]);
  });

  it('calls kin by the kind of which most came', async () => {
    const kind = (name: string, line: number) => ({ type: 'closure', name, at: `${line}:1`, selfSize: 1_700 });
    const nodes = { rare: kind('onOpen', 20), usual: kind('onClose', 30) };
    const edges = `${base}\ntable #900 -> rare900\n${times(9, (i) => `table #${i} -> usual${i}`)}`;
    const { pair } = await openPrograms({ edges: base, nodes }, { edges, nodes });
    const [kin] = findAccumulations(pair);
    expect(kin!.growthCount).toBe(10);
    expect(pair.classes[kin!.group.classIndex]!.function).toBe('onClose');
  });

  describe('lists under the keys of a dictionary', () => {
    const dictionary = `${MODULE} context $byDay -> object`;
    const keys = (count: number, edge: string) => times(count, (i) => `object ${edge}day${i} -> array${i}`);
    const visits = (count: number, each: number) =>
      times(count, (i) => times(each, (j) => `array${i} [${j}] -> visit${i * 1000 + j}`));
    const nodes = { array: { name: 'Array' }, visit: { name: 'Visit', selfSize: 100 } };

    it('are one place where each grew a little', async () => {
      const found = await accumulate(
        `${dictionary}\n${keys(40, '.')}\n${visits(40, 2)}`,
        `${dictionary}\n${keys(40, '.')}\n${visits(40, 22)}`,
        nodes,
      );
      expect(found).toEqual([{ name: 'Visit', edge: INDEXED, growthBytes: 80_000, growthCount: 800, isChain: false }]);
    });

    it('are not where one of them has most of the growth: that one is the place', async () => {
      const found = await accumulate(
        `${dictionary}\n${keys(40, '.')}\n${visits(40, 2)}`,
        `${dictionary}\n${keys(40, '.')}\n${visits(40, 3)}\n${times(500, (j) => `array7 [${j + 9}] -> visit${90_000 + j}`)}`,
        nodes,
      );
      expect(found).toMatchObject([{ name: 'Visit', growthCount: 501 }]);
    });

    it('are not where the keys are variables of a scope', async () => {
      const variables = (each: number) =>
        `${MODULE}\n${times(10, (i) => `context $list${i} -> array${i}`)}\n${visits(10, each)}`;
      const found = await accumulate(variables(2), variables(302), nodes);
      expect(found.map(({ growthCount }) => growthCount)).toEqual(Array(10).fill(300));
    });
  });

  describe('growth beside an equal loss', () => {
    const scope = `${MODULE}\ncontext $sessions -> map\nmap {table} -> table\ncontext $rows -> array\narray {elements} -> elements`;
    const nodes = { object: { name: 'Row', selfSize: LARGE } };
    const rows = (count: number) => times(count, (i) => `elements [${i}] -> object${i}`);

    it('is found, though what holds both is no larger than before', async () => {
      const before = `${scope}\n${sessions(20)}\n${rows(60)}`;
      expect(await accumulate(before, `${scope}\n${sessions(60)}\n${rows(20)}`, nodes)).toEqual([
        { name: 'Session', edge: INDEXED, growthBytes: 40 * LARGE, growthCount: 40, isChain: false },
      ]);
    });

    it('is not looked for in what is small, or among very many objects', async () => {
      const small = { object: { name: 'Row', selfSize: 1_000 }, session: { name: 'Session', selfSize: 1_000 } };
      const [before, after] = [`${scope}\n${sessions(20)}\n${rows(60)}`, `${scope}\n${sessions(60)}\n${rows(20)}`];
      expect(await accumulate(before, after, small)).toEqual([]);
      const many = times(70_000, (i) => `context $v${i} -> number${i}`);
      const numbers = { ...nodes, number: { type: 'number', name: 'heap number', selfSize: 0 } } as const;
      expect(await accumulate(`${before}\n${many}`, `${after}\n${many}`, numbers)).toEqual([]);
    });
  });

  it('sees growth in place', async () => {
    const before = { edges: base, nodes: { table: { type: 'array', name: '', selfSize: 1_000 } } };
    const after = { edges: base, nodes: { table: { type: 'array', name: '', selfSize: 900_000 } } };
    const { pair } = await openPrograms(before, after);
    expect(findAccumulations(pair)).toMatchObject([{ growthBytes: 899_000, growthCount: 0 }]);
  });

  it('never counts a byte twice', async () => {
    const inner = times(
      20,
      (i) => `session${i} .list -> array${i}\n${times(9, (j) => `array${i} [${j}] -> row${i * 10 + j}`)}`,
    );
    const nodes = { row: { name: 'Row', selfSize: 2_000 }, array: { name: 'Array' } };
    const found = await accumulate(base, `${base}\n${sessions(20)}\n${inner}`, nodes);
    const sum = found.reduce((total, { growthBytes }) => total + growthBytes, 0);
    expect(sum).toBeLessThanOrEqual(20 * LARGE + 180 * 2_000 + 20 * 8);
  });
});
