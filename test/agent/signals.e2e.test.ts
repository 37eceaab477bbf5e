import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { listAgents, readPresence } from '../../src/presence';
import { readSession } from '../../src/session';
import { NodeProcess } from '../support/node-process';
import { listSessions, readMode } from '../support/project';
import { useProject } from '../support/use-project';
import { COMMONJS_APP, ESM_APP, INSTALLING_APP, INSTALLING_ESM_APP } from './apps';

const project = useProject();

const OPENED = /window open/;
const COMPLETE = /session complete/;

async function startApp(args: string[], env: Record<string, string> = {}): Promise<NodeProcess> {
  const app = new NodeProcess(args, { cwd: project.root, env: { HEAPDIFF_DIR: project.dir, ...env } });
  await app.stdout.next(/^ready/);
  return app;
}

async function leak(app: NodeProcess, count: number): Promise<void> {
  await app.ask(`leak ${count}`);
}

describe('two signals', () => {
  it('write one complete session', async () => {
    const app = await startApp(['--require', 'heapdiff/register', project.write('shop.cjs', COMMONJS_APP)]);
    app.signal();
    const opened = await app.stderr.next(OPENED);
    expect(opened).toContain(`type: kill -USR2 ${app.pid}`);
    await leak(app, 5000);
    app.signal();
    const complete = await app.stderr.next(COMPLETE);
    const [folder] = listSessions(project.dir);
    expect(folder).toBe(path.join(project.dir, `shop-${app.pid}-1`));
    expect(complete.endsWith(`heapdiff ${folder}`)).toBe(true);

    const session = readSession(folder!);
    expect(fs.readdirSync(folder!).sort()).toEqual([
      'a.heapsnapshot',
      'b.heapsnapshot',
      'growth.heapprofile',
      'record.json',
    ]);
    expect(readMode(folder!)).toBe('700');
    for (const name of fs.readdirSync(folder!)) expect(readMode(path.join(folder!, name))).toBe('600');
    expect(countNodes(session.after!)).toBeGreaterThan(countNodes(session.before!) + 10_000);
    expect(fs.readFileSync(session.profile!, 'utf8')).toContain('"functionName":"createSession"');

    const { record } = session;
    expect(record).toMatchObject({ app: 'shop', pid: app.pid, ppid: process.pid, workerId: null, threadId: 0 });
    expect(record).toMatchObject({ captureMode: 'snapshot', idsComparable: false, closedBy: 'signal', skipped: [] });
    expect(record.runMode.kind).toBe('non-preload');
    expect(record.scripts.map(({ url }) => url)).toContain(`file://${project.root}/shop.cjs`);
    expect(record.after.memory.process.heapUsed).toBeGreaterThan(record.before.memory.process.heapUsed);
    expect(record.floor.length).toBeGreaterThanOrEqual(2);
    expect(record.floor.at(-1)!.bytes - record.floor[0]!.bytes).toBeGreaterThan(500_000);
    for (const { monotonic } of record.floor) {
      expect(monotonic).toBeGreaterThan(record.before.monotonic);
    }
  });

  it('say at most two lines per phase', async () => {
    const app = await startApp(['--require', 'heapdiff/register', project.write('app.cjs', COMMONJS_APP)]);
    app.signal();
    await app.stderr.next(OPENED);
    const before = app.stderr.all.length;
    app.signal();
    await app.stderr.next(COMPLETE);
    expect(before).toBe(1 + 2);
    expect(app.stderr.all).toHaveLength(1 + 2 + 2);
    for (const line of app.stderr.all) expect(line.startsWith(`heapdiff: pid ${app.pid}: `)).toBe(true);
  });

  it('are followed by a third that begins the next session', async () => {
    const app = await startApp(['--require', 'heapdiff/register', project.write('app.cjs', COMMONJS_APP)]);
    for (const nth of [1, 2]) {
      app.signal();
      await app.stderr.next(OPENED, nth);
      app.signal();
      await app.stderr.next(COMPLETE, nth);
    }
    const folders = listSessions(project.dir);
    expect(folders.map((folder) => path.basename(folder))).toEqual([`app-${app.pid}-1`, `app-${app.pid}-2`]);
    for (const folder of folders) expect(readSession(folder).after).not.toBeNull();
  });

  it('work with another signal, and leave SIGUSR2 alone', async () => {
    const file = project.write('app.cjs', COMMONJS_APP);
    const app = await startApp(['--require', 'heapdiff/register', file], { HEAPDIFF_SIGNAL: 'SIGURG' });
    app.signal('SIGURG');
    await app.stderr.next(OPENED);
    app.signal('SIGUSR2');
    expect((await app.ended).signal).toBe('SIGUSR2');
  });
});

describe('more signals while a phase runs', () => {
  it('are counted, reported, and otherwise without effect', async () => {
    const app = await startApp(['--require', 'heapdiff/register', project.write('app.cjs', COMMONJS_APP)]);
    await leak(app, 30_000);
    app.signal();
    await app.stderr.next(/writing a\.heapsnapshot/);
    for (let i = 0; i < 50; i += 1) app.signal();
    expect(await app.stderr.next(OPENED)).toMatch(/, \d+ signals? ignored meanwhile/);
    expect(app.stderr.matching(/writing b/)).toEqual([]);
    app.signal();
    await app.stderr.next(/writing b\.heapsnapshot/);
    for (let i = 0; i < 50; i += 1) app.signal();
    expect(await app.stderr.next(COMPLETE)).toMatch(/, \d+ signals? ignored meanwhile/);
    const [folder, ...others] = listSessions(project.dir);
    expect(others).toEqual([]);
    expect(readSession(folder!).record.ignoredSignals).toBeGreaterThanOrEqual(2);
    // Nothing is queued: the process still answers and has begun nothing.
    expect(await app.ask('eval 1+1')).toBe('did eval 2');
    expect(app.stderr.matching(/writing a/)).toHaveLength(1);
  });
});

describe('ways to load the agent', () => {
  const ways: [string, (file: string) => string[], string, string][] = [
    ['--require, CommonJS', (file) => ['--require', 'heapdiff/register', file], 'app.cjs', COMMONJS_APP],
    ['--require, ESM', (file) => ['--require', 'heapdiff/register', file], 'app.mjs', ESM_APP],
    ['--import, ESM', (file) => ['--import', 'heapdiff/register', file], 'app.mjs', ESM_APP],
    ['--import, CommonJS', (file) => ['--import', 'heapdiff/register', file], 'app.cjs', COMMONJS_APP],
    ['require in the application', (file) => [file], 'app.cjs', INSTALLING_APP],
    ['named import in the application', (file) => [file], 'app.mjs', INSTALLING_ESM_APP],
  ];
  it.each(ways)('%s', async (_, args, name, text) => {
    const app = await startApp(args(project.write(name, text)), { HEAPDIFF_MODE: 'profile' });
    app.signal();
    await app.stderr.next(OPENED);
    app.signal();
    await app.stderr.next(COMPLETE);
    expect(readSession(listSessions(project.dir)[0]!).record.app).toBe('app');
  });
});

describe('the presence file', () => {
  it('tells what the agent does, and goes with the process', async () => {
    const app = await startApp(['--require', 'heapdiff/register', project.write('app.cjs', COMMONJS_APP)]);
    const agents = () => listAgents(project.dir);
    expect(agents()).toMatchObject([{ pid: app.pid, app: 'app', signal: 'SIGUSR2', mode: 'auto', state: 'idle' }]);
    app.signal();
    await app.stderr.next(OPENED);
    expect(agents()).toMatchObject([{ state: 'tracking', sessions: 1, lastSession: null }]);
    app.signal();
    await app.stderr.next(COMPLETE);
    expect(agents()).toMatchObject([{ state: 'idle', lastSession: listSessions(project.dir)[0] }]);
    const file = path.join(project.dir, '.agents', `${app.pid}.json`);
    expect(readMode(file)).toBe('600');
    app.command('exit');
    await app.ended;
    expect(fs.existsSync(file)).toBe(false);
  });

  it('of a process that was killed is passed over', async () => {
    const app = await startApp(['--require', 'heapdiff/register', project.write('app.cjs', COMMONJS_APP)]);
    await app.stop();
    const file = path.join(project.dir, '.agents', `${app.pid}.json`);
    expect(readPresence(file)).toMatchObject({ pid: app.pid });
    expect(listAgents(project.dir)).toEqual([]);
    // A later process with that pid is another one, as its start time says.
    fs.writeFileSync(file, JSON.stringify({ ...readPresence(file), pid: process.pid }));
    expect(listAgents(project.dir)).toEqual([]);
  });
});

/** Node count as the snapshot's header has it. */
function countNodes(file: string): number {
  const head = fs.readFileSync(file, 'latin1').slice(0, 4000);
  return Number(/"node_count":(\d+)/.exec(head)![1]);
}
