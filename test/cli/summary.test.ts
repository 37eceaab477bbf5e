import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EXIT } from '../../src/errors';
import type { HeapSummary } from '../../src/report/summary-types';
import { makeSession, runCli, type TestSession } from '../support/run-cli';

let session: TestSession;
beforeAll(() => {
  session = makeSession();
});
afterAll(() => session.remove());

describe('heapdiff summary', () => {
  it('shows the constructors of one heap', () => {
    const { status, stdout, stderr } = runCli(['summary', session.after, '--filter', '^Session$', '--node', '@1']);
    expect({ status, stderr }).toEqual({ status: EXIT.done, stderr: '' });
    expect(stdout).toMatch(
      /^ *[\d.]+ MB +[\d.]+ kB +5,500 +[\d-]+ +Session +test\/support\/leaky-program\.js:10:\d+$/m,
    );
    expect(stdout).toMatch(/^ *@1 /m);
  });

  it('--json keeps contract 3', () => {
    const { stdout } = runCli(['summary', session.after, '--json', '--node', '1', '--node', '3']);
    const summary: HeapSummary = JSON.parse(stdout);
    expect(summary).toMatchObject({ schema: 'heapdiff/summary@1', file: session.after });
    expect(summary.inspected.map(({ id, ordinal, type }) => ({ id, ordinal, type }))).toEqual([
      { id: 1, ordinal: 0, type: 'synthetic' },
      { id: 3, ordinal: 1, type: 'synthetic' },
    ]);
    for (const name of ['nodes', 'edges', 'totalBytes'] as const) expect(summary[name]).toBeGreaterThan(1000);
    const row = summary.classes.find((candidate) => candidate.name === 'Session' && candidate.count === 5500);
    expect(row).toMatchObject({ function: null, devtoolsName: 'Session', location: { line: 10 } });
    expect(summary.devtoolsClasses.find(({ name, count }) => name === 'Session' && count === 5500)).toEqual({
      ...{ name: 'Session', count: 5500, shallowSize: row?.shallowSize, retainedSize: row?.retainedSize },
      distance: row?.distance,
    });
    for (const list of [summary.classes, summary.devtoolsClasses]) {
      const sizes = list.map(({ retainedSize }) => retainedSize);
      expect(sizes).toEqual([...sizes].sort((a, b) => b - a));
    }
    const nodes = summary.devtoolsClasses.reduce((sum, { count }) => sum + count, 0);
    expect(summary.classes.reduce((sum, { count }) => sum + count, 0)).toBe(nodes);
  });

  it('knows no node that is not there', () => {
    const { status, stderr } = runCli(['summary', session.after, '--node', '2']);
    expect(status).toBe(EXIT.badInput);
    expect(stderr).toMatch(/has no node @2/);
  });
});

describe('heapdiff verify', () => {
  it('finds that DevTools agrees', () => {
    const { status, stdout } = runCli(['verify', session.before]);
    expect(stdout).toMatch(/numbers compared with the DevTools engine: all agree/);
    expect(status).toBe(EXIT.done);
    expect(JSON.parse(runCli(['verify', session.before, '--json']).stdout)).toMatchObject({ differenceCount: 0 });
  });
});
