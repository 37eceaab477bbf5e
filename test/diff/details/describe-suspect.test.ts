import { beforeAll, describe, expect, it } from 'vitest';
import type { SuspectDetails } from '../../../src/diff/details/detail-types';
import { distribute, measureOwnBytes } from '../../../src/diff/details/measure-members';
import { compareHeaps } from '../../../src/diff/diff-heaps';
import { HeapdiffError } from '../../../src/errors';
import { MODULE, openProgram, openPrograms, times } from '../../support/program-heap';

const SECRET = 'Bearer abc.def.ghi "quoted"';
const base = `${MODULE} context $sessions -> map\nmap {table} -> table`;
const session = (i: number) => `
  table #${i} -> session${i}
  session${i} .token -> secret${i}
  session${i} .user -> user${i}
  session${i} .__proto__ -> object`;
const nodes = {
  session: { name: 'Session', selfSize: 1_000, at: '12:8' },
  secret: { type: 'string', name: SECRET, selfSize: 3_000 },
  user: { name: 'User', selfSize: 500 },
};
const inputs = { before: 'a', after: 'b', profile: null, record: null };

async function describeFirst(values = false, before = times(2, session), after = times(40, session)) {
  const heaps = await openPrograms({ edges: `${base}\n${before}`, nodes }, { edges: `${base}\n${after}`, nodes });
  const diff = await compareHeaps(heaps.before, heaps.after, inputs, { suspect: 1, values });
  return diff.suspectDetails!;
}

describe('suspectDetails', () => {
  let details: SuspectDetails;
  beforeAll(async () => {
    details = await describeFirst();
  });

  it('counts and measures the new members', () => {
    expect(details.rank).toBe(1);
    expect(details.members).toEqual({
      ...{ countBefore: 2, countAfter: 40, newOnly: true },
      bytes: { total: 38 * 4_500, min: 4_500, median: 4_500, max: 4_500 },
    });
  });

  it('shows every step of the path, roots by name', () => {
    const steps = details.path.map(({ edge, name, constructor: to }) => `${edge} ${name} ${to}`);
    expect(steps[0]).toBe('root  ');
    expect(steps.slice(-3)).toEqual([
      'context sessions Map',
      'internal table (array)',
      expect.stringMatching(/^hidden \[\d+\] Session$/),
    ]);
    expect(details.path.at(-1)!.retainedSize).toBe(4_500);
  });

  it('says what members consist of, and never the same bytes twice', () => {
    expect(details.composition.map((row) => [row.constructor.name, row.count, row.bytes])).toEqual([
      ['(string)', 38, 38 * 3_000],
      ['Session', 38, 38 * 1_000],
      ['User', 38, 38 * 500],
    ]);
    expect(details.composition.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1);
  });

  it('describes members by names and types, and says nothing of their contents', () => {
    const [example] = details.examples;
    expect(example!.constructor).toBe('Session');
    expect(example!.fields.map(({ name, type, constructor: owner, length }) => [name, type, owner, length])).toEqual([
      ['token', 'string', '(string)', SECRET.length],
      ['user', 'object', 'User', null],
    ]);
    expect(JSON.stringify(details)).not.toContain('Bearer');
  });

  it('shows short, escaped beginnings only when asked for', async () => {
    const { examples } = await describeFirst(true);
    expect(examples[0]!.fields[0]!.preview).toBe(JSON.stringify(SECRET));
  });

  it('does not name the keys of a dictionary', async () => {
    const key = (i: number) => `session${i} .user-${i % 2 ? 'ann' : 'bob'}@example.org -> user${i}`;
    const keys = (i: number) => `${session(i)}\n${times(30, (k) => key(i).replace('.user-', `.user-${k}-`))}`;
    const { examples } = await describeFirst(false, '', times(12, keys));
    expect(examples[0]).toMatchObject({ fields: [], hiddenFields: 32 });
    expect(JSON.stringify(examples)).not.toContain('example.org');
  });

  it('refuses a rank that there is none of', async () => {
    const heap = await openProgram({ edges: base, nodes });
    const look = compareHeaps(heap, heap, inputs, { suspect: 1 });
    await expect(look).rejects.toThrow(HeapdiffError);
    await expect(look).rejects.toThrow(/There is no suspect 1: nothing is suspected/);
  });
});

describe('measureOwnBytes', () => {
  it("counts of a chain's link what the links behind it do not keep", async () => {
    const edges = `${MODULE} context $head -> link0\n${times(5, (i) => `link${i} .next -> link${i + 1}\nlink${i} .data -> data${i}`)}`;
    const heap = await openProgram({
      edges,
      nodes: { link: { name: 'Link', selfSize: 100 }, data: { name: 'Data', selfSize: 7 } },
    });
    const links = [...heap.graph.nodes.name.keys()].filter(
      (node) => heap.names.get(heap.graph.nodes.name[node]!) === 'Link',
    );
    expect([...measureOwnBytes(heap, links)]).toEqual([107, 107, 107, 107, 107, 100]);
    expect([...measureOwnBytes(heap, [...links].reverse())]).toEqual([100, 107, 107, 107, 107, 107]);
  });
});

it('distribute', () => {
  expect(distribute(Float64Array.of(5, 1, 9))).toEqual({ total: 15, min: 1, median: 5, max: 9 });
  expect(distribute(new Float64Array(0))).toEqual({ total: 0, min: 0, median: 0, max: 0 });
});
