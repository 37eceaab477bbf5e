import { describe, expect, it } from 'vitest';
import type { AllocationStack, Frame } from '../../../src/diff/stacks';
import type { HeldGrowth } from '../../../src/diff/suspects/held-growth';
import { joinStacks, sumSites } from '../../../src/diff/suspects/site-join';

const frame = (name: string, file: string, line = 1, column = 1): Frame => ({ function: name, file, line, column });
const stack = (bytes: number, ...frames: Frame[]): AllocationStack => ({ frames, bytes, count: 1, source: 'sampled' });
const growth = (name: string, file: string, growthBytes: number, line = 12, column = 1): HeldGrowth => ({
  holder: { name: 'Map', label: 'all', path: [], text: `\`all\` (Map), a variable in module scope of ${file}` },
  constructor: { name, function: null, location: { file, line, column } },
  ...{ growthBytes, growthCount: 10, crowds: [] },
});

const sessions = growth('Session', '/srv/session.js', 10_000);
const rows = growth('Row', '/srv/row.js', 8_000);

describe('joinStacks', () => {
  it('gives each stack to one suspect, by class, definition and file', () => {
    const made = [
      stack(6_000, frame('Session', '/srv/session.js', 12)),
      stack(5_000, frame('insert', '/srv/row.js', 40)),
      stack(900, frame('elsewhere', '/srv/other.js')),
    ];
    const joined = joinStacks([sessions, rows], made);
    expect(joined.map((own) => own.map(({ bytes }) => bytes))).toEqual([
      expect.arrayContaining([6_000]),
      expect.arrayContaining([5_000]),
    ]);
    expect(joined.flat()).toHaveLength(3);
  });

  it('does not give one suspect all when sizes say otherwise', () => {
    const made = [stack(9_500, frame('a', '/srv/x.js')), stack(7_000, frame('b', '/srv/y.js'))];
    expect(joinStacks([sessions, rows], made).map((own) => own.length)).toEqual([1, 1]);
  });

  it('tells classes on one line of a bundle apart by column: names of one letter say nothing', () => {
    const bundle = '/srv/dist/bundle.js';
    const suspects = [growth('j', bundle, 10_000, 1, 700), growth('G', bundle, 4_000, 1, 400)];
    const entry = frame('t', bundle, 1, 2_000);
    const made = [
      stack(4_000, frame('j', bundle, 1, 100), entry),
      stack(3_000, frame('send', bundle, 1, 740), entry),
      stack(2_500, frame('connect', bundle, 1, 900), entry),
      stack(1_000, frame('note', bundle, 1, 450), entry),
      stack(900, frame('j', bundle, 1, 400), entry),
    ];
    const joined = joinStacks(suspects, made);
    expect(joined.map((own) => own.map(({ bytes }) => bytes))).toEqual([
      [3_000, 2_500],
      [4_000, 1_000, 900],
    ]);
  });

  it('has nothing to give without stacks', () => expect(joinStacks([sessions], [])).toEqual([[]]));
});

describe('sumSites', () => {
  it('sums by the nearest frame, lines of the application first', () => {
    const core = frame('push', 'node:internal/x', 3);
    const own = frame('createSession', '/srv/session.js', 14);
    const sites = sumSites([stack(7_000, core), stack(1_000, core, own), stack(2_000, own)], 10_000);
    expect(sites.map(({ function: name, bytes, share }) => [name, bytes, share])).toEqual([
      ['createSession', 3_000, 0.3],
      ['push', 7_000, 0.7],
    ]);
  });

  it('keeps shares below 100 % when estimates exceed the growth', () => {
    const sites = sumSites([stack(30_000, frame('a', '/srv/a.js')), stack(10_000, frame('b', '/srv/b.js'))], 10_000);
    expect(sites.map(({ share }) => share)).toEqual([0.75, 0.25]);
  });
});
