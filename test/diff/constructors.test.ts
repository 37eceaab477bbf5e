import { describe, expect, it } from 'vitest';
import { compareConstructors, compareIds } from '../../src/diff/constructors';
import { LARGE, MODULE, openPrograms, times } from '../support/program-heap';

const base = `${MODULE} context $sessions -> map\nmap {table} -> table`;
const sessions = (count: number, from = 0) => times(count, (i) => `table #${from + i} -> session${from + i}`);

const idsOf = ({ before, after, classes }: Awaited<ReturnType<typeof openPrograms>>) =>
  compareIds(before, after, classes);

async function compare(before: string, after: string, nodes = {}, idOffset = 0) {
  const opened = await openPrograms({ edges: before, nodes }, { edges: after, nodes, idOffset });
  return (comparable: boolean) => compareConstructors(opened.classes, comparable ? idsOf(opened) : null);
}

describe('compareConstructors', () => {
  it('counts and sums a class on both sides', async () => {
    const rows = (await compare(`${base}\n${sessions(3)}`, `${base}\n${sessions(10)}`))(true);
    expect(rows.find(({ name }) => name === 'Session')).toEqual({
      ...{ name: 'Session', function: null, location: { file: '/srv/shop/src/store.js', line: 12, column: 8 } },
      ...{ countBefore: 3, countAfter: 10, countDelta: 7, addedCount: 7, removedCount: 0, shallowDelta: 7 * LARGE },
      ...{ retainedBefore: 3 * LARGE, retainedAfter: 10 * LARGE, retainedDelta: 7 * LARGE, internal: false },
    });
    const deltas = rows.map(({ retainedDelta }) => retainedDelta);
    expect(deltas).toEqual([...deltas].sort((a, b) => b - a));
  });

  it('says nothing of added and removed objects when ids are not comparable', async () => {
    const rows = (await compare(`${base}\n${sessions(3)}`, `${base}\n${sessions(10)}`, {}, 1_000))(false);
    expect(rows.every(({ addedCount, removedCount }) => addedCount === null && removedCount === null)).toBe(true);
  });

  it('tells removed from added objects of one class', async () => {
    const nodes = { session: { name: 'Session', selfSize: 64 } };
    const opened = await openPrograms(
      { edges: `${base}\n${sessions(4)}`, nodes },
      // The four are gone, six others came.
      { edges: `${base}\n${sessions(6)}`, nodes, idOffset: 1_000 },
    );
    const rows = compareConstructors(opened.classes, idsOf(opened));
    expect(rows.find(({ name }) => name === 'Session')).toMatchObject({
      countDelta: 2,
      addedCount: 6,
      removedCount: 4,
    });
  });

  it('keeps two classes of one name apart by where they are defined', async () => {
    const nodes = {
      session: { name: 'Session', selfSize: 64, at: '12:8' },
      other: { name: 'Session', selfSize: 64, at: '90:1' },
    };
    const rows = (
      await compare(base, `${base}\n${sessions(2)}\n${times(3, (i) => `table #${50 + i} -> other${i}`)}`, nodes)
    )(true);
    const found = rows
      .filter(({ name }) => name === 'Session')
      .map(({ location, countAfter }) => [location?.line, countAfter]);
    expect(found.sort()).toEqual([
      [12, 2],
      [90, 3],
    ]);
  });

  it('finds a class again in a process where its script has another id', async () => {
    const nodes = (script: number) => ({
      load: { type: 'closure', name: 'load', at: '3:10', script },
      session: { name: 'Session', selfSize: 64, at: '12:8', script },
    });
    const opened = await openPrograms(
      { edges: `${base}\n${sessions(2)}`, nodes: nodes(7) },
      { edges: `${base}\n${sessions(5)}`, nodes: nodes(311), idOffset: 5_000 },
    );
    const rows = compareConstructors(opened.classes, null).filter(({ name }) => name === 'Session');
    expect(rows).toMatchObject([{ countBefore: 2, countAfter: 5 }]);
  });

  it('names plain objects alike on both sides, though their shape is frequent in one only', async () => {
    const point = (i: number) => `table #${i} -> point${i}\npoint${i} .x -> text\npoint${i} .y -> text`;
    const nodes = { point: { name: 'Object', selfSize: 32 }, text: { type: 'string', name: 'abc' } };
    const rows = (await compare(`${base}\n${point(0)}`, `${base}\n${times(30, point)}`, nodes))(true);
    expect(rows.find(({ name }) => name === '{x, y}')).toMatchObject({ countBefore: 1, countAfter: 30 });
  });

  it('tells closures apart by their function', async () => {
    const nodes = {
      onClose: { type: 'closure', name: 'onClose', selfSize: 64, at: '31:22' },
      onOpen: { type: 'closure', name: 'onOpen', selfSize: 64, at: '33:22' },
    };
    const rows = (
      await compare(base, `${base}\n${times(4, (i) => `table #${i} -> onClose${i}`)}\ntable #9 -> onOpen0`, nodes)
    )(true);
    const found = rows.filter(({ name }) => name === 'Function').map((row) => [row.function, row.countDelta]);
    expect(found).toEqual(
      expect.arrayContaining([
        ['onClose', 4],
        ['onOpen', 1],
        ['load', 0],
      ]),
    );
  });
});
