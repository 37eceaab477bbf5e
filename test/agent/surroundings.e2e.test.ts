import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readSession } from '../../src/session';
import { bundleScript } from '../support/bundle';
import { NodeProcess } from '../support/node-process';
import { listSessions, REPOSITORY } from '../support/project';
import { useProject } from '../support/use-project';
import { CLUSTER_APP, COMMONJS_APP, INSTALLING_APP } from './apps';

const project = useProject();

const PRELOAD = ['--require', 'heapdiff/register'];

function start(args: string[], env: Record<string, string> = {}): NodeProcess {
  return new NodeProcess(args, { cwd: project.root, env: { HEAPDIFF_DIR: project.dir, ...env } });
}

describe('a cluster', () => {
  async function startCluster(args: string[], env: Record<string, string> = {}) {
    const primary = start([...args, project.write('cluster.cjs', CLUSTER_APP)], env);
    const line = await primary.stdout.next(/^workers/);
    return { primary, workers: line.split(' ').slice(1).map(Number) };
  }

  it('captures the worker that gets the signal', async () => {
    const { primary, workers } = await startCluster([]);
    primary.signal('SIGUSR2', workers[1]!);
    await primary.stderr.next(/window open/);
    primary.signal('SIGUSR2', workers[1]!);
    await primary.stderr.next(/session complete/);
    const { record } = readSession(listSessions(project.dir)[0]!);
    expect(record).toMatchObject({ pid: workers[1], ppid: primary.pid, workerId: 2 });
    expect(primary.stdout.matching(/died/)).toEqual([]);
  });

  it('with a preloaded primary explains a signal there and captures nothing', async () => {
    const { primary, workers } = await startCluster(PRELOAD, { APP_PRELOADED: '1' });
    primary.signal();
    const here = await primary.stderr.next(/this is the cluster primary/);
    for (const pid of workers) expect(here).toContain(String(pid));
    expect(await primary.stderr.next(/type: kill -USR2/)).toMatch(new RegExp(`kill -USR2 (${workers.join('|')}) `));
    expect(listSessions(project.dir)).toEqual([]);
    expect(primary.stdout.matching(/died/)).toEqual([]);
  });

  it('passes two signals on to one and the same worker when told to', async () => {
    const { primary, workers } = await startCluster(PRELOAD, { APP_PRELOADED: '1', HEAPDIFF_PRIMARY: 'forward-one' });
    primary.signal();
    await primary.stderr.next(/window open/);
    primary.signal();
    await primary.stderr.next(/session complete/);
    const sessions = listSessions(project.dir).map((folder) => readSession(folder).record);
    expect(sessions).toHaveLength(1);
    expect(workers).toContain(sessions[0]!.pid);
  });

  it('passes signals on to all workers when told to', async () => {
    const env = { APP_PRELOADED: '1', HEAPDIFF_PRIMARY: 'forward-all', HEAPDIFF_MODE: 'profile' };
    const { primary, workers } = await startCluster(PRELOAD, env);
    primary.signal();
    await primary.stderr.next(/window open/, 2);
    primary.signal();
    await primary.stderr.next(/session complete/, 2);
    const pids = listSessions(project.dir).map((folder) => readSession(folder).record.pid);
    expect(pids.sort()).toEqual([...workers].sort());
  });

  it('captures the primary when told to', async () => {
    const env = { APP_PRELOADED: '1', HEAPDIFF_PRIMARY: 'capture', HEAPDIFF_MODE: 'profile' };
    const { primary } = await startCluster(PRELOAD, env);
    primary.signal();
    await primary.stderr.next(/window open/);
    primary.signal();
    await primary.stderr.next(/session complete/);
    expect(readSession(listSessions(project.dir)[0]!).record.pid).toBe(primary.pid);
  });

  it('never passes a signal on to a worker without the agent, which it would kill', async () => {
    const text = `
      const cluster = require('node:cluster');
      if (cluster.isPrimary) {
        require('heapdiff/agent').install({ primary: 'forward-all' });
        cluster.fork().on('online', () => console.log('ready'));
        cluster.on('exit', () => console.log('died'));
      } else setInterval(() => {}, 1000);`;
    const primary = start([project.write('app.cjs', text)]);
    await primary.stdout.next(/ready/);
    primary.signal();
    await primary.stderr.next(/no worker has the agent/);
    expect(primary.stdout.matching(/died/)).toEqual([]);
  });
});

describe('a worker thread', () => {
  const THREAD = `
    const { Worker, isMainThread } = require('node:worker_threads');
    if (isMainThread) new Worker(__filename, { argv: process.argv.slice(2) }).on('error', (error) => console.log('thread failed ' + error.message)).on('message', (text) => console.log(text));
    else {
      const { parentPort } = require('node:worker_threads');
      BODY
    }
    if (isMainThread) setInterval(() => {}, 1000);`;

  it('is refused a handler that would never be called', async () => {
    const body = `
      try { require('heapdiff/agent').install(); }
      catch (error) { parentPort.postMessage(error.code + ' ' + error.message + ' ' + error.todo); }`;
    const app = start([project.write('app.cjs', THREAD.replace('BODY', body))]);
    const refusal = await app.stdout.next(/WORKER_THREAD/);
    expect(refusal).toContain('Install it in the main thread');
    expect(app.stderr.all).toEqual([]);
  });

  it('of a preloaded process is left alone, while the main thread is captured', async () => {
    const body = "parentPort.postMessage('thread runs')";
    const app = start([...PRELOAD, project.write('app.cjs', THREAD.replace('BODY', body))]);
    await app.stdout.next(/thread runs/);
    expect(app.stderr.all).toHaveLength(1);
    app.signal();
    await app.stderr.next(/window open/);
    app.signal();
    await app.stderr.next(/session complete/);
  });

  it("captures itself with signal 'none'", async () => {
    const body = `
      const handle = require('heapdiff/agent').install({ signal: 'none' });
      handle.start().then(() => handle.capture()).then(({ folder }) => parentPort.postMessage('folder ' + folder));`;
    const app = start([project.write('app.cjs', THREAD.replace('BODY', body))]);
    const folder = (await app.stdout.next(/^folder/)).slice('folder '.length);
    const { record, after } = readSession(folder);
    expect(record.threadId).toBeGreaterThan(0);
    expect(fs.statSync(after!).size).toBeGreaterThan(100_000);
  });
});

describe('a startup snapshot', () => {
  it('is built with the agent in it, which works in the process started from it', async () => {
    const agent = path.join(REPOSITORY, 'dist/agent/install.js');
    const main = `
      const { install } = load(${JSON.stringify(agent)});
      const handle = install({ app: 'blob' });
      console.log('state ' + handle.status().state);
      builtin('node:v8').startupSnapshot.setDeserializeMainFunction(() => {
        console.log('ready ' + handle.status().state);
        setInterval(() => {}, 1000);
      });`;
    const text = bundleScript(agent, main);
    const entry = project.write('entry.cjs', text);
    const blob = path.join(project.root, 'app.blob');
    const build = start(['--snapshot-blob', blob, '--build-snapshot', entry]);
    expect(await build.ended, build.stderr.all.join('\n')).toEqual({ code: 0, signal: null });
    expect(build.stdout.all).toEqual(['state pending']);

    const app = start(['--snapshot-blob', blob, 'main']);
    await app.stdout.next(/^ready idle/);
    app.signal();
    await app.stderr.next(/window open/);
    app.signal();
    await app.stderr.next(/session complete/);
    const [folder] = listSessions(project.dir);
    expect(readSession(folder!).record.runMode.kind).toBe('snapshot-blob');
  });
});

describe('somebody else at the signal', () => {
  it.each([
    ['a listener', [], /the application has 1 listener for it/],
    ['--heapsnapshot-signal', ['--heapsnapshot-signal=SIGUSR2'], /--heapsnapshot-signal=SIGUSR2 writes/],
    ['--report-on-signal', ['--report-on-signal'], /--report-on-signal writes a diagnostic report/],
  ])('%s is named at install', async (name, flags, pattern) => {
    const listener = name === 'a listener' ? "process.on('SIGUSR2', () => {});" : '';
    const app = start([...flags, project.write('app.cjs', listener + INSTALLING_APP)]);
    await app.stdout.next(/^ready/);
    const line = await app.stderr.next(pattern);
    expect(line).toContain('HEAPDIFF_SIGNAL=SIGURG');
  });

  it('that came after install is named at the next signal, once', async () => {
    const app = start([project.write('app.cjs', INSTALLING_APP)], { HEAPDIFF_MODE: 'profile' });
    await app.stdout.next(/^ready/);
    await app.ask('eval process.on("SIGUSR2", () => {}) && 1');
    app.signal();
    await app.stderr.next(/window open/);
    app.signal();
    await app.stderr.next(/session complete/);
    expect(app.stderr.matching(/the application has added 1 listener for it/)).toHaveLength(1);
  });

  it('is not invented: a free signal gives no such line', async () => {
    const app = start([project.write('app.cjs', INSTALLING_APP)]);
    await app.stdout.next(/^ready/);
    expect(app.stderr.all).toHaveLength(1);
    expect(app.stderr.all[0]).toContain(`ready: kill -USR2 ${app.pid}`);
  });
});

describe('a service that was preloaded', () => {
  it('is recorded as such, with the flag that says so', async () => {
    const preload = project.write('modules.cjs', '');
    const app = start([...PRELOAD, '--require', preload, project.write('app.cjs', COMMONJS_APP)], {
      HEAPDIFF_MODE: 'profile',
    });
    await app.stdout.next(/^ready/);
    app.signal();
    await app.stderr.next(/window open/);
    app.signal();
    await app.stderr.next(/session complete/);
    const { runMode } = readSession(listSessions(project.dir)[0]!).record;
    expect(runMode).toMatchObject({ kind: 'preload', detectedBy: `--require ${preload}` });
  });
});
