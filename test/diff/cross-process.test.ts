/** One program, several processes: what is suspected must not depend on which of them a capture is from. */
import { beforeAll, describe, expect, it } from 'vitest';
import { diffSnapshots } from '../../src/diff/diff-heaps';
import type { HeapDiff } from '../../src/diff/types';
import { captureSteps } from '../support/capture-steps';

/** Each step leaves 2,000 Sessions in a Map and 500 listeners on an emitter, beside a bounded cache and garbage. */
const PROGRAM = `
  const { EventEmitter } = require('node:events');
  class Session { constructor(i) { this.id = i; this.token = 'token ' + i + Math.random(); this.trail = [{ at: i }]; } }
  const sessions = new Map(), recent = [], bus = new EventEmitter().setMaxListeners(0);
  let done = 0;
  function subscribe(user) { bus.on('change', function onChange() { return user; }); }
  module.exports = function step() {
    for (let i = 0; i < 2000; i++) {
      sessions.set('s' + ++done, new Session(done));
      recent.push({ id: done, text: 'row ' + done + Math.random() });
      if (recent.length > 1000) recent.shift();
      if (i % 4 === 0) subscribe({ name: 'user ' + done + Math.random(), roles: ['a', 'b'] });
    }
  };`;

/** What a suspect is, without figures that differ from process to process. */
const identify = ({ suspects }: HeapDiff) =>
  suspects.map(({ constructor: definition, holder }) => [
    definition.name,
    definition.function,
    holder.label,
    holder.text,
  ]);

const compare = (before: string, after: string) => diffSnapshots({ before, after, profile: null, record: null });

describe('suspects', () => {
  let same: HeapDiff;
  let apart: HeapDiff;
  beforeAll(async () => {
    const [before, after] = captureSteps(PROGRAM, 2) as [string, string];
    // Another process, which did the first step unseen.
    const [later] = captureSteps(PROGRAM, 1, { warmUp: 1 }) as [string];
    same = await compare(before, after);
    apart = await compare(before, later);
  });

  it('of one process are found with comparable ids', () => {
    expect(same.identity).toMatchObject({ comparable: true });
    expect(same.suspects[0]).toMatchObject({ constructor: { name: 'Session' }, holder: { label: 'sessions' } });
    expect(same.suspects[0]!.growthCount).toBe(2_000);
    expect(same.constructors.find(({ name }) => name === 'Session')).toMatchObject({
      addedCount: 2_000,
      removedCount: 0,
    });
  });

  it('of two processes are the same, matched by structure alone', () => {
    expect(apart.identity.comparable).toBe(false);
    expect(identify(apart)).toEqual(identify(same));
    expect(apart.suspects.map(({ growthCount }) => growthCount)).toEqual(
      same.suspects.map(({ growthCount }) => growthCount),
    );
    expect(apart.constructors.find(({ name }) => name === 'Session')).toMatchObject({
      countDelta: 2_000,
      addedCount: null,
    });
  });

  it('have sizes that agree within a tenth', () => {
    apart.suspects.forEach(({ growthBytes }, at) => {
      expect(Math.abs(growthBytes / same.suspects[at]!.growthBytes - 1)).toBeLessThan(0.1);
    });
  });

  it('have shares that never sum to more than all', () => {
    for (const { suspects } of [same, apart]) {
      expect(suspects.reduce((sum, { growthShare }) => sum + growthShare, 0)).toBeLessThanOrEqual(1.000001);
    }
  });
});
