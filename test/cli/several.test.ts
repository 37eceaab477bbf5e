/** More than one session, and sessions without snapshots. */
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { HeapDiff } from '../../src/diff/types';
import { EXIT } from '../../src/errors';
import { makeSession, runCli, type TestSession } from '../support/run-cli';

let session: TestSession;
beforeAll(() => {
  session = makeSession();
});
afterAll(() => session.remove());

const report = (args: readonly string[], options = {}): HeapDiff => {
  const { status, stdout, stderr } = runCli([...args, '--json'], options);
  expect({ status, stderr }).toEqual({ status: EXIT.done, stderr: '' });
  return JSON.parse(stdout);
};

describe('heapdiff a b c', () => {
  it('adds captures and trends, and takes nothing away', () => {
    const diff = report([session.before, session.after, session.after]);
    expect(diff.captures!.map(({ file }) => path.basename(file))).toEqual([
      'a.heapsnapshot',
      'b.heapsnapshot',
      'b.heapsnapshot',
    ]);
    expect(diff.captures!.map(({ units }) => units)).toEqual([500, 5500, 5500]);
    const { captures: _, ...rest } = diff;
    expect(Object.keys(rest)).toEqual(Object.keys(report([session.folder])));
    expect(diff.constructors.find(({ name }) => name === 'Session')!.trend).toMatchObject({ kind: 'levelled' });
    expect(diff.verdict.kind).toBe('growth');
  });

  it('takes folders, files and standard input together', () => {
    const input = fs.readFileSync(session.after);
    const diff = report([session.folder, '-'], { input });
    expect(diff.captures!.map(({ file }) => file)).toEqual([session.before, session.after, '-']);
  });

  it('prints lines that fit', () => {
    for (const width of ['60', '80', '120']) {
      const { stdout } = runCli([session.folder, session.folder, '--width', width]);
      expect(stdout).toContain('Captures');
      for (const line of stdout.split('\n')) expect([...line].length, line).toBeLessThanOrEqual(Number(width));
    }
  });

  it('names the one that is wrong', () => {
    const { status, stderr } = runCli([session.folder, session.root]);
    expect(status).toBe(EXIT.badInput);
    expect(stderr).toMatch(/it holds a session, name one/);
  });
});

describe('a session without snapshots', () => {
  let folder: string;
  beforeAll(() => {
    folder = path.join(session.root, 'profile-only');
    fs.mkdirSync(folder);
    const record = JSON.parse(fs.readFileSync(path.join(session.folder, 'record.json'), 'utf8'));
    fs.writeFileSync(path.join(folder, 'record.json'), JSON.stringify({ ...record, captureMode: 'profile' }));
    fs.copyFileSync(path.join(session.folder, 'growth.heapprofile'), path.join(folder, 'growth.heapprofile'));
  });

  it('is reported with what there is', () => {
    const { status, stdout, stderr } = runCli([folder]);
    expect({ status, stderr }).toEqual({ status: EXIT.done, stderr: '' });
    expect(stdout).toMatch(/Growth by allocation site/);
    expect(stdout).toMatch(/Memory ledger/);
    expect(stdout).not.toMatch(/Growth by constructor/);
    expect(report([folder])).toMatchObject({
      suspects: [],
      constructors: [],
      before: { nodes: 0 },
      window: { captureMode: 'profile' },
    });
  });

  it('is refused among several, and without its profile', () => {
    expect(runCli([session.folder, folder])).toMatchObject({
      status: EXIT.badInput,
      stderr: expect.stringMatching(/holds no a\.heapsnapshot/),
    });
    fs.rmSync(path.join(folder, 'growth.heapprofile'));
    expect(runCli([folder])).toMatchObject({
      status: EXIT.badInput,
      stderr: expect.stringMatching(/holds no a\.heapsnapshot/),
    });
  });
});
