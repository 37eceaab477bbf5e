/** What a preflight decides, in real processes: what is captured, what is said, what the record holds. */
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readSession } from '../../../src/session';
import { startInstallingApp } from '../../support/installing-app';
import { listSessions } from '../../support/project';
import { useProject } from '../../support/use-project';

const project = useProject();

async function startApp(options: object, flags: string[] = []) {
  const app = await startInstallingApp(project, options, { flags });
  return { app, run: (command: string) => app.ask(command) };
}

const newest = () => readSession(listSessions(project.dir).at(-1)!);

describe('a snapshot that fits', () => {
  it('is predicted before, measured after, and both are in the record', async () => {
    const { app, run } = await startApp({});
    await run('leak 30000');
    await run('eval handle.start()');
    await run('eval handle.capture()');
    const { record } = newest();
    expect(record).toMatchObject({ captureMode: 'snapshot', requestedMode: 'auto', skipped: [] });
    for (const { preflight } of [record.before, record.after]) {
      const { predicted, measured } = preflight!;
      expect(preflight).toMatchObject({ decision: 'snapshot', why: null, forced: false, basis: 'census' });
      expect(predicted.nodes / measured!.nodes).toBeGreaterThan(0.9);
      expect(predicted.nodes / measured!.nodes).toBeLessThan(1.1);
      expect(predicted.fileBytes / measured!.fileBytes).toBeGreaterThan(0.7);
      expect(predicted.fileBytes / measured!.fileBytes).toBeLessThan(1.5);
    }
    expect([record.before.preflight!.learned, record.after.preflight!.learned]).toEqual([false, true]);
    expect(await app.stderr.next(/writing a\.heapsnapshot/)).toMatch(
      /which stops the process for about .* and takes about .* MB of memory \(.* free\) and .* MB of disk \(.* free\)/,
    );
  });
});

describe('a snapshot that does not fit', () => {
  it('auto: classes are counted at both ends, and the window is sampled', async () => {
    const { app, run } = await startApp({ maxPauseMs: 550 });
    await run('leak 40000');
    await run('eval handle.start()');
    await run('leak 20000');
    await run('eval handle.capture()');
    const { record, before, after, profile, histograms } = newest();
    expect([before, after]).toEqual([null, null]);
    expect(fs.readFileSync(profile!, 'utf8')).toContain('createSession');
    const count = (file: string) =>
      JSON.parse(fs.readFileSync(file, 'utf8')).classes.find(({ name }: { name: string }) => name === 'Session').count;
    // The class of the inspector's own session has that name too.
    expect([count(histograms!.before), count(histograms!.after)]).toEqual([40_001, 60_001]);
    expect(record).toMatchObject({ captureMode: 'profile', requestedMode: 'auto' });
    expect(record.before.preflight).toMatchObject({ decision: 'histogram', measured: null });
    expect(record.skipped).toEqual([
      {
        what: 'a.heapsnapshot',
        why: expect.stringMatching(/^it would stop the process for about .* maxPauseMs is 550 ms/),
      },
      { what: 'b.heapsnapshot', why: expect.stringMatching(/^it would stop/) },
    ]);
    expect(await app.stderr.next(/no snapshot, since it would stop/)).toMatch(/Counting the objects of every class/);
  });

  it('snapshot: nothing is captured, and it is said why and what to do', async () => {
    const { run } = await startApp({ mode: 'snapshot', maxPauseMs: 1 });
    expect(await run('eval handle.start()')).toMatch(/^failed DOES_NOT_FIT .*it would stop the process for about/);
    expect(listSessions(project.dir)).toEqual([]);
    expect(await run('eval handle.status().state')).toBe('did eval idle');
  });

  it('force: it is taken all the same', async () => {
    const { app, run } = await startApp({ maxPauseMs: 1, force: true });
    await run('eval handle.start()');
    await run('eval handle.capture()');
    expect(newest().record.before.preflight).toMatchObject({ decision: 'snapshot', forced: true });
    await app.stderr.next(/forced: writing a\.heapsnapshot/);
  });
});

it('B that fits no longer: A and the profile are kept, and the record says why', async () => {
  const { app, run } = await startApp({ maxPauseMs: 2000 });
  await run('eval handle.start()');
  const { before } = { before: path.join(listSessions(project.dir)[0]!, 'a.heapsnapshot') };
  await run('leak 1000000');
  const folder = (await run('eval handle.capture().then((session) => session.folder)')).slice('did eval '.length);
  const session = readSession(folder);
  expect(session).toMatchObject({ before, after: null });
  expect(session.profile).not.toBeNull();
  expect(session.record.skipped).toEqual([
    { what: 'b.heapsnapshot', why: expect.stringMatching(/^it would stop the process for about/) },
  ]);
  await app.stderr.next(/no b\.heapsnapshot, since it would stop .* Keeping what there is/);
});

describe('a live heap near its limit', () => {
  /** Few nodes, so that the snapshots are quick: each array is 0.8 MB. */
  const GROW =
    'eval globalThis.held = []; globalThis.grow = (n) => { for (let i = 0; i < n; i++) held.push(new Array(100000).fill(1.5)); gc(); }';

  it('is captured by itself, once', async () => {
    const { app, run } = await startApp({ nearLimit: 0.3 }, ['--max-old-space-size=200', '--expose-gc']);
    await run(GROW);
    await run('eval grow(20)');
    expect(app.stderr.matching(/writing/)).toEqual([]);
    await run('eval grow(80)');
    await app.stderr.next(/window open/);
    await run('eval grow(75)');
    await app.stderr.next(/the live heap is near its limit: writing b\.heapsnapshot/);
    await app.stderr.next(/session complete/);
    expect(newest().record).toMatchObject({ openedBy: 'near-limit', closedBy: 'near-limit', skipped: [] });
    expect(listSessions(project.dir)).toHaveLength(1);
  });
});

/** V8 of Node 20 and 22 ends the process when it counts such an object; nodemailer and jsdom have one each. */
it('a table of names and large numbers, as JSON.parse makes it, is survived', async () => {
  const { run } = await startApp({});
  await run(`eval globalThis.services = JSON.parse('{"126":1,"Gmail":2,"Yahoo":3,"Zoho":4,"iCloud":5}')`);
  expect(await run('eval handle.start().then(() => services[126])')).toBe('did eval 1');
  expect(await run('eval handle.capture().then(() => services[126])')).toBe('did eval 1');
  const { before, v8Version } = newest().record;
  const isMended = Number.parseInt(v8Version, 10) >= 13;
  expect(before.preflight).toMatchObject({ decision: 'snapshot', basis: isMended ? 'census' : 'statistics' });
});
