import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EXIT } from '../../src/errors';
import { makeSession, runCli, type TestSession } from '../support/run-cli';

let session: TestSession;
beforeAll(() => {
  session = makeSession();
});
afterAll(() => session.remove());

const json = (...args: string[]) => {
  const { status, stdout, stderr } = runCli([...args, '--json']);
  expect({ status, stderr }).toEqual({ status: EXIT.done, stderr: '' });
  return JSON.parse(stdout);
};

describe('heapdiff path', () => {
  it('groups all objects of a constructor by who holds them', () => {
    const { status, stdout, stderr } = runCli(['path', session.after, 'Session', '--top', '1']);
    expect({ status, stderr }).toEqual({ status: EXIT.done, stderr: '' });
    expect(stdout).toMatch(/^1 {2}5,500 of 5,50\d, .* held by `sessions` \(Map\)/m);
    expect(stdout).toMatch(/sessions \(Map\) → \[\] \(Session\)/);
    for (const line of stdout.split('\n')) expect([...line].length, line).toBeLessThanOrEqual(100);
  });

  it('explains one node', () => {
    const [{ examples }] = json('path', session.after, 'Session').paths;
    const report = json('path', session.after, `@${examples[0]}`);
    expect(report).toMatchObject({ schema: 'heapdiff/paths@1', target: { kind: 'node', count: 1 } });
    expect(report.paths[0].path.at(-1)).toMatchObject({ constructor: 'Session' });
  });

  it('accounts for every object', () => {
    const { target, paths } = json('path', session.after, 'Session');
    const sum = paths.reduce((total: number, path: { count: number }) => total + path.count, 0);
    expect(sum + target.unreached).toBe(target.count);
  });

  it('ends with status 2 when there is no such thing', () => {
    const { status, stdout, stderr } = runCli(['path', session.after, 'Sesion']);
    expect({ status, stdout }).toEqual({ status: EXIT.badInput, stdout: '' });
    expect(stderr).toMatch(/no node of constructor Sesion\.\nDid you mean: .*Session/);
  });
});

describe('heapdiff --suspect', () => {
  it('opens one suspect', () => {
    const { status, stdout } = runCli([session.folder, '--suspect', '1']);
    expect(status).toBe(EXIT.done);
    for (const title of ['Members', 'Path from the root', 'What they consist of', 'Made by', 'Some of them']) {
      expect(stdout).toContain(title);
    }
    expect(stdout).not.toMatch(/token \d+ 0\./);
    for (const line of stdout.split('\n')) expect([...line].length, line).toBeLessThanOrEqual(100);
  });

  it('is an additional member of the report', () => {
    const plain = json(session.folder);
    const { suspectDetails, ...rest } = json(session.folder, '--suspect', '1');
    expect(rest).toEqual(plain);
    expect(suspectDetails).toMatchObject({ rank: 1, members: { countAfter: expect.any(Number) } });
  });

  it('ends with status 3 for a suspect that there is none of', () => {
    const { status, stderr } = runCli([session.folder, '--suspect', '77']);
    expect({ status, stderr: stderr.split('\n')[0] }).toMatchObject({
      status: EXIT.usage,
      stderr: expect.stringMatching(/^heapdiff: There is no suspect 77/),
    });
  });
});
