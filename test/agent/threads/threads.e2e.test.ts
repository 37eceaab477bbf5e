/** Worker threads in the main thread's sessions. */
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { AGENTS_FOLDER } from '../../../src/presence';
import { readSession, type SessionRecord } from '../../../src/session';
import { NodeProcess } from '../../support/node-process';
import { listSessions } from '../../support/project';
import { useProject } from '../../support/use-project';

const project = useProject();

/**
 * Two threads that live until the process is told to end. `INSTALL` stands where main thread and threads install the
 * agent; the main thread prints `ready` when both threads are up.
 */
const APP = `
const { Worker, isMainThread, parentPort, threadId } = require('node:worker_threads');
INSTALL
const kept = [];
if (isMainThread) {
  const threads = [1, 2].map(() => new Worker(__filename));
  let up = 0;
  for (const thread of threads) {
    thread.on('message', () => { if (++up === 2) console.log('ready'); });
    thread.on('error', (error) => console.log('thread failed ' + error.code));
    thread.on('exit', () => console.log('thread ended'));
  }
  require('node:readline').createInterface({ input: process.stdin }).on('line', async (line) => {
    if (line === 'terminate') await threads[1].terminate();
    if (line === 'finish') { process.stdin.destroy(); for (const thread of threads) thread.postMessage('finish'); }
    console.log('did ' + line);
  });
} else {
  parentPort.postMessage('up');
  parentPort.once('message', () => {});
}
`;
const INSTALL = "require('heapdiff/agent').install({ quiet: false });";

async function startApp(env: Record<string, string>, install = INSTALL, flags: string[] = []): Promise<NodeProcess> {
  const file = project.write('app.cjs', APP.replace('INSTALL', install));
  const app = new NodeProcess([...flags, file], { cwd: project.root, env: { HEAPDIFF_DIR: project.dir, ...env } });
  await app.stdout.next(/^ready/);
  return app;
}

async function takeSession(app: NodeProcess): Promise<SessionRecord[]> {
  app.signal();
  await app.stderr.next(new RegExp(`pid ${app.pid}: window open`));
  app.signal();
  await app.stderr.next(new RegExp(`pid ${app.pid}: session complete`));
  return readRecords();
}

function readRecords(): SessionRecord[] {
  const records = listSessions(project.dir).map((folder) => readSession(folder).record);
  return records.sort((one, other) => one.threadId - other.threadId);
}

describe('threads', () => {
  it.each([
    ['that install it themselves', INSTALL, []],
    ['that are preloaded', '', ['--require', 'heapdiff/register']],
  ])('%s capture themselves, one after another', async (_, install, flags) => {
    const app = await startApp({ HEAPDIFF_THREADS: 'true' }, install, flags);
    const records = await takeSession(app);
    expect(records.map(({ threadId }) => threadId)).toEqual([0, 1, 2]);
    for (const { pid, captureMode, app: name } of records) {
      expect({ pid, captureMode, name }).toEqual({ pid: app.pid, captureMode: 'snapshot', name: 'app' });
    }
    const names = listSessions(project.dir).map((folder) => path.basename(folder));
    expect(names).toEqual([1, 2, 3].map((n) => `app-${app.pid}-${n}`));
    // Each end of a thread's window begins after the pause of the one before it is over.
    for (const end of ['before', 'after'] as const) {
      const pauses = records.map((record) => record[end]).map(({ wallClock, pauseMs }) => ({ wallClock, pauseMs }));
      for (const [at, { wallClock }] of pauses.entries()) {
        const previous = pauses[at - 1];
        if (previous) expect(wallClock).toBeGreaterThanOrEqual(previous.wallClock + Math.floor(previous.pauseMs) - 1);
      }
    }
    expect(app.stderr.matching(/thread 1: session complete/)).toHaveLength(1);
  });

  it('only those that are named', async () => {
    const app = await startApp({ HEAPDIFF_THREADS: '2,7', HEAPDIFF_MODE: 'profile' });
    const records = await takeSession(app);
    expect(records.map(({ threadId, captureMode }) => [threadId, captureMode])).toEqual([
      [0, 'profile'],
      [2, 'profile'],
    ]);
    expect(app.stderr.matching(/no agent in thread 7 \(threads that have one: 1, 2\)/)).toHaveLength(1);
  });

  it('are left alone by default, without a word', async () => {
    const app = await startApp({ HEAPDIFF_MODE: 'profile' });
    const records = await takeSession(app);
    expect(records.map(({ threadId }) => threadId)).toEqual([0]);
    expect(app.stderr.matching(/thread/)).toEqual([]);
  });

  it('that end while a window is open are named, and the session is complete without them', async () => {
    const app = await startApp({ HEAPDIFF_THREADS: 'true', HEAPDIFF_MODE: 'profile' });
    app.signal();
    await app.stderr.next(new RegExp(`pid ${app.pid}: window open`));
    app.command('terminate');
    await app.stdout.next(/^did terminate/);
    app.signal();
    await app.stderr.next(/thread 2 is not part of the session: it has ended/);
    await app.stderr.next(new RegExp(`pid ${app.pid}: session complete`));
    expect(readRecords().map(({ threadId }) => threadId)).toEqual([0, 1]);
  });

  it('that are terminated while they capture do no harm', async () => {
    const app = await startApp({ HEAPDIFF_THREADS: '2' });
    app.signal();
    await app.stderr.next(new RegExp(`pid ${app.pid}: window open`));
    app.signal();
    await app.stderr.next(/thread 2: writing b\.heapsnapshot/);
    app.command('terminate');
    await app.stdout.next(/^did terminate/);
    await app.stderr.next(new RegExp(`pid ${app.pid}: session complete`));
    // The thread may have been done just before. Else nothing of its session is left; in no case the lock.
    expect(['0', '0,2']).toContain(
      readRecords()
        .map(({ threadId }) => threadId)
        .join(),
    );
    expect(fs.readdirSync(path.join(project.dir, AGENTS_FOLDER))).toEqual([`${app.pid}.json`]);
    // The next session is as good as any.
    app.signal();
    await app.stderr.next(new RegExp(`pid ${app.pid}: window open`), 2);
    app.signal();
    await app.stderr.next(new RegExp(`pid ${app.pid}: session complete`), 2);
  });

  it('and their process end by themselves, with the agent in all of them', async () => {
    const app = await startApp({ HEAPDIFF_THREADS: 'true' });
    app.command('finish');
    expect(await app.ended).toEqual({ code: 0, signal: null });
    expect(app.stdout.matching(/^thread ended/)).toHaveLength(2);
  });

  it('are told where the main thread has no agent', async () => {
    const app = await startApp(
      {},
      `if (!isMainThread) try { ${INSTALL} } catch (error) { console.error(error.code, error.todo); }`,
    );
    expect(await app.stderr.next(/WORKER_THREAD/)).toContain('Install it in the main thread before this one starts');
  });
});
