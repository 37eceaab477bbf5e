/** What becomes of a session whose window is forgotten, whose process ends, or whose capture fails. */
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readSession, type Session } from '../../src/session';
import { NodeProcess } from '../support/node-process';
import { listSessions } from '../support/project';
import { runCli } from '../support/run-cli';
import { useProject } from '../support/use-project';
import { COMMONJS_APP } from './apps';

const project = useProject();

/** An application with the agent preloaded and `text` run before it. */
async function startApp(text = '', env: Record<string, string> = {}): Promise<NodeProcess> {
  const file = project.write('app.cjs', text + COMMONJS_APP);
  const all = { HEAPDIFF_DIR: project.dir, ...env };
  const app = new NodeProcess(['--require', 'heapdiff/register', file], { cwd: project.root, env: all });
  await app.stdout.next(/^ready/);
  return app;
}

/** Opens a window and has 5,000 sessions kept in it. */
async function track(app: NodeProcess): Promise<void> {
  app.signal();
  await app.stderr.next(/window open/);
  await app.ask('leak 5000');
}

/** The one session there is, complete in what it has: A, the profile and the record, and no file of another name. */
function readInterrupted(): Session {
  const [folder, ...others] = listSessions(project.dir);
  expect(others).toEqual([]);
  expect(fs.readdirSync(folder!).sort()).toEqual(['a.heapsnapshot', 'growth.heapprofile', 'record.json']);
  expect(fs.readdirSync(path.join(project.dir, '.agents')).filter((name) => !name.endsWith('.json'))).toEqual([]);
  const session = readSession(folder!);
  expect(fs.readFileSync(session.profile!, 'utf8')).toContain('"functionName":"createSession"');
  expect(session.record.after.monotonic).toBeGreaterThan(session.record.before.monotonic);
  expect(session.record.after.memory.process.heapUsed).toBeGreaterThan(0);
  expect(session.record.scripts.length).toBeGreaterThan(0);
  return session;
}

describe('a forgotten window', () => {
  it('closes by itself without a pause, keeps the profile, and the next session works', async () => {
    const leak = 'setInterval(() => { for (let i = 0; i < 2000; i++) kept.push(createSession(i)); }, 50);';
    const app = await startApp(leak, { HEAPDIFF_MAX_TRACKING_MS: '2000' });
    app.signal();
    await app.stderr.next(/maxTrackingMs is over: closing the window/);
    await app.stderr.next(/session complete/);
    const { record, folder } = readInterrupted();
    expect(record).toMatchObject({ closedBy: 'limit', skipped: [{ what: 'b.heapsnapshot' }] });
    expect(record.skipped[0]!.why).toContain('maxTrackingMs');
    expect(record.interrupted).toBeUndefined();
    const { stdout, status } = runCli([folder]);
    expect(status).toBe(0);
    expect(stdout).toContain('createSession');
    expect(stdout).toContain('maxTrackingMs');
    app.signal();
    await app.stderr.next(/window open/, 2);
  });
});

describe('a process that ends while tracking', () => {
  it('keeps its exit status, and what the window has', async () => {
    const app = await startApp();
    await track(app);
    app.command('eval process.exit(3)');
    expect(await app.ended).toEqual({ code: 3, signal: null });
    const { record, folder } = readInterrupted();
    expect(record.interrupted).toBe('the process ended with exit status 3');
    expect(record.closedBy).toBeUndefined();
    expect(app.stderr.all.at(-1)).toMatch(/exit status 3\. What there was is kept\. Type: heapdiff .*-1$/);
    const { stdout, status } = runCli([folder]);
    expect(status).toBe(0);
    expect(stdout).toContain('createSession');
    expect(stdout).toContain('interrupted: the process ended with exit status 3');
  });

  it('by an uncaught error, still ends by it', async () => {
    const app = await startApp();
    await track(app);
    app.command('eval setImmediate(() => { throw new TypeError("boom") })');
    expect(await app.ended).toEqual({ code: 1, signal: null });
    expect(app.stderr.matching(/TypeError: boom/)).toHaveLength(1);
    expect(readInterrupted().record.interrupted).toBe('the process ended by an uncaught TypeError');
  });

  it('by the end of its work, is not kept alive', async () => {
    const app = await startApp();
    await track(app);
    app.command('eval process.stdin.destroy()');
    expect(await app.ended).toEqual({ code: 0, signal: null });
    expect(readInterrupted().record.interrupted).toBe('the process ended with exit status 0');
  });

  it.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)('by %s, still dies of it', async (signal) => {
    const app = await startApp();
    await track(app);
    app.signal(signal);
    expect(await app.ended).toEqual({ code: null, signal });
    expect(readInterrupted().record.interrupted).toBe(`the process was told to end by ${signal}`);
  });

  const GRACEFUL: [string, string][] = [
    ['on', "process.on('SIGTERM', () => { console.log('draining'); setImmediate(() => process.exit(7)); });"],
    ['once', "process.once('SIGTERM', () => { console.log('draining'); setImmediate(() => process.exit(7)); });"],
    [
      'only where it is alone, as signal-exit does',
      `process.on('SIGTERM', () => {
        if (process.listenerCount('SIGTERM') > 1) return;
        console.log('draining');
        process.exit(7);
      });`,
    ],
  ];
  it.each(GRACEFUL)('shuts down as it always does: SIGTERM handled %s', async (_, text) => {
    const app = await startApp(text);
    await track(app);
    app.signal('SIGTERM');
    expect(await app.ended).toEqual({ code: 7, signal: null });
    expect(app.stdout.matching(/draining/)).toHaveLength(1);
    expect(readInterrupted().record.interrupted).toBe('the process was told to end by SIGTERM');
  });

  it('is not touched where nothing is tracked: no listener stays', async () => {
    const app = await startApp();
    const count =
      "['SIGTERM', 'SIGINT', 'exit', 'uncaughtExceptionMonitor'].map((name) => process.listenerCount(name)).join()";
    const before = await app.ask(`eval ${count}`);
    await track(app);
    app.signal();
    await app.stderr.next(/session complete/);
    expect(await app.ask(`eval ${count}`)).toBe(before);
  });
});

describe('a process that ends in a phase that runs', () => {
  /** An application that exits in the hook before A or B, in the middle of the phase. */
  async function startLeaving(end: 'before' | 'after'): Promise<NodeProcess> {
    const leave = `({ end }) => { if (end === '${end}') process.exit(5); }`;
    const install = `require('heapdiff/agent').install({ beforeCapture: ${leave} });`;
    const file = project.write('app.cjs', install + COMMONJS_APP);
    const app = new NodeProcess([file], { cwd: project.root, env: { HEAPDIFF_DIR: project.dir } });
    await app.stdout.next(/^ready/);
    return app;
  }

  it('leaves nothing when the window was not yet open', async () => {
    const app = await startLeaving('before');
    app.signal();
    expect(await app.ended).toEqual({ code: 5, signal: null });
    expect(listSessions(project.dir)).toEqual([]);
    expect(fs.readdirSync(path.join(project.dir, '.agents'))).toEqual([]);
  });

  it('keeps what the window has when B was not yet written', async () => {
    const app = await startLeaving('after');
    await track(app);
    app.signal();
    expect(await app.ended).toEqual({ code: 5, signal: null });
    expect(readInterrupted().record.interrupted).toBe('the process ended with exit status 5');
  });
});

describe('a capture that fails', () => {
  it('keeps A and the profile, says so, and the next session works', async () => {
    const app = await startApp();
    await track(app);
    const [folder] = listSessions(project.dir);
    const planted = path.join(folder!, 'b.heapsnapshot.partial');
    fs.symlinkSync(project.write('victim', 'precious'), planted);
    app.signal();
    expect(await app.stderr.next(/b\.heapsnapshot failed: EEXIST/)).toMatch(/What there was is kept\. Type: heapdiff/);
    expect(fs.readFileSync(path.join(project.root, 'victim'), 'utf8')).toBe('precious');
    expect(readInterrupted().record.interrupted).toMatch(/writing .*b\.heapsnapshot failed/);
    app.signal();
    await app.stderr.next(/window open/, 2);
    app.signal();
    await app.stderr.next(/session complete/);
  });
});

describe('a process that is killed', () => {
  it('is cleaned up after by the next one', async () => {
    const killed = await startApp();
    await track(killed);
    const [folder] = listSessions(project.dir);
    await killed.stop();
    expect(fs.existsSync(folder!)).toBe(true);
    const gone = new Promise<void>((resolve) => {
      const watcher = fs.watch(project.dir, () => {
        if (fs.existsSync(folder!)) return;
        watcher.close();
        resolve();
      });
    });
    await startApp();
    await gone;
    expect(listSessions(project.dir)).toEqual([]);
  });
});

describe('two workers', () => {
  it('signalled at once never pause together, and their windows overlap', async () => {
    const slowHooks = 'beforeCapture: () => new Promise((done) => setTimeout(done, 300))';
    const install = `require('heapdiff/agent').install({ ${slowHooks} });`;
    const file = project.write('app.cjs', install + COMMONJS_APP);
    const start = async () => {
      const app = new NodeProcess([file], { cwd: project.root, env: { HEAPDIFF_DIR: project.dir } });
      await app.stdout.next(/^ready/);
      return app;
    };
    const workers = [await start(), await start()];
    for (const worker of workers) worker.signal();
    await Promise.all(workers.map((worker) => worker.stderr.next(/window open/)));
    for (const worker of workers) worker.signal();
    await Promise.all(workers.map((worker) => worker.stderr.next(/session complete/)));
    const waits = workers.flatMap((worker) => worker.stderr.matching(/waiting for pid \d+, which is capturing/));
    expect(waits.length).toBeGreaterThanOrEqual(1);
    const records = listSessions(project.dir).map((folder) => readSession(folder).record);
    const pauses = records.flatMap(({ before, after }) => [before, after]).sort((a, b) => a.wallClock - b.wallClock);
    for (let at = 1; at < pauses.length; at += 1) {
      const previous = pauses[at - 1]!;
      expect(pauses[at]!.wallClock).toBeGreaterThanOrEqual(previous.wallClock + Math.floor(previous.pauseMs));
    }
  });
});
