import { describe, expect, it } from 'vitest';
import {
  compareSites,
  describeFrame,
  isApplicationFile,
  isOwnAllocation,
  nearestFrame,
} from '../../src/diff/allocation-sites';
import type { AllocationStack, Frame } from '../../src/diff/stacks';

const frame = (name: string, file: string, line = 1): Frame => ({ function: name, file, line, column: 1 });
const stack = (bytes: number, ...frames: Frame[]): AllocationStack => ({ frames, bytes, count: 1, source: 'sampled' });

const native = frame('set', '');
const own = frame('createSession', '/srv/src/session.js', 14);
const dependency = frame('insert', '/srv/node_modules/lru/index.js', 3);
const core = frame('emit', 'node:events', 460);

describe('nearestFrame', () => {
  it.each([
    ['the application before what is nearer', [native, dependency, own, core], own],
    ['a package where there is no application', [native, core, dependency], dependency],
    ['the innermost where there is neither', [core, native], core],
  ])('%s', (_, frames, expected) => expect(nearestFrame(frames)).toBe(expected));
});

it.each([
  ['/srv/src/a.js', true],
  ['file:///srv/src/a.mjs', true],
  ['/srv/node_modules/x/a.js', false],
  ['C:\\srv\\node_modules\\x\\a.js', false],
  ['node:fs', false],
  ['', false],
  ['/srv/node_modules/heapdiff/dist/agent/window.js', false],
  ['/opt/heapdiff/dist/agent/window.js', false],
  ['/srv/assistant/dist/agent/session.js', true],
])('isApplicationFile(%j) is %j', (file, expected) => expect(isApplicationFile(file)).toBe(expected));

describe('compareSites', () => {
  it('sums stacks by their nearest frame, and shows the largest', () => {
    const small = stack(100, native, own, core);
    const large = stack(900, frame('push', ''), own);
    const [site, ...rest] = compareSites([small, large]);
    expect(rest).toEqual([]);
    expect(site).toMatchObject({ ...own, bytesDelta: 1_000, countDelta: 2, source: 'sampled' });
    expect(site!.stack).toEqual(['push', 'createSession /srv/src/session.js:14:1']);
  });

  it('takes off what was there before, and orders by what is left', () => {
    const rows = compareSites([stack(500, own), stack(400, dependency)], [stack(450, own), stack(10, core)]);
    expect(rows.map(({ function: name, bytesDelta }) => [name, bytesDelta])).toEqual([
      ['insert', 400],
      ['createSession', 50],
      ['emit', -10],
    ]);
  });
});

it('knows what the agent allocates for itself', () => {
  const agent = frame('readFloor', '/srv/node_modules/heapdiff/dist/agent/floor.js');
  expect(isOwnAllocation(stack(1, native, agent, own))).toBe(true);
  expect(isOwnAllocation(stack(1, own, agent))).toBe(false);
  expect(isOwnAllocation(stack(1, native))).toBe(false);
});

it('describes frames by name and place', () => {
  expect(describeFrame(own)).toBe('createSession /srv/src/session.js:14:1');
  expect(describeFrame(frame('', '/srv/a.js'))).toBe('(anonymous) /srv/a.js:1:1');
  expect(describeFrame(native)).toBe('set');
});
