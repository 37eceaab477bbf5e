/** Programs in front of the service: npm, nodemon, pm2, a shell; and the service, or one of them, as pid 1. */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { EXIT } from '../../src/errors';
import { listDescendants } from '../../src/processes';
import { readSession } from '../../src/session';
import { NodeProcess, TEST_NODE } from '../support/node-process';
import { listSessions } from '../support/project';
import { MAIN } from '../support/run-cli';
import { useProject } from '../support/use-project';
import { COMMONJS_APP } from './apps';

const project = useProject();

const PRELOAD = '--require heapdiff/register';

function start(program: string, args: readonly string[], env: Record<string, string> = {}): NodeProcess {
  const PATH = `${path.dirname(TEST_NODE)}:${process.env.PATH}`;
  return new NodeProcess(args, { program, cwd: project.root, env: { HEAPDIFF_DIR: project.dir, PATH, ...env } });
}

describe('a launcher with the agent', () => {
  /** What npm does, without npm: a script of that name that starts the service through a shell. */
  async function startNpm(env: Record<string, string>) {
    const service = project.write('shop.cjs', COMMONJS_APP);
    const text = `require('node:child_process').spawn('sh', ['-c', 'node ${service}; true'], { stdio: 'inherit' });`;
    const npm = start(TEST_NODE, [project.write('npm-cli.js', text)], { NODE_OPTIONS: PRELOAD, ...env });
    const pid = Number((await npm.stdout.next(/^ready/)).split(' ')[1]);
    return { npm, pid };
  }

  it('is not captured: the process to signal is named', async () => {
    const { npm, pid } = await startNpm({});
    npm.signal();
    expect(await npm.stderr.next(/this is npm, not captured/)).toContain(String(pid));
    expect(await npm.stderr.next(/type: kill/)).toContain(`kill -USR2 ${pid} `);
    expect(listSessions(project.dir)).toEqual([]);
    process.kill(pid, 'SIGKILL');
  });

  it('passes the signal on when told to', async () => {
    const { npm, pid } = await startNpm({ HEAPDIFF_PRIMARY: 'forward-one', HEAPDIFF_MODE: 'profile' });
    npm.signal();
    await npm.stderr.next(/window open/);
    npm.signal();
    await npm.stderr.next(/session complete/);
    expect(readSession(listSessions(project.dir)[0]!).record.pid).toBe(pid);
    process.kill(pid, 'SIGKILL');
  });

  it('is passed over by heapdiff capture, and marked by heapdiff ps', async () => {
    const { npm, pid } = await startNpm({ HEAPDIFF_MODE: 'profile' });
    const ps = start(TEST_NODE, [MAIN, 'ps']);
    await ps.ended;
    expect(ps.stdout.matching(new RegExp(`^ *${npm.pid} .*\\(npm\\)`))).toHaveLength(1);
    const capture = start(TEST_NODE, [MAIN, 'capture', '--for', '1ms', '--no-report']);
    expect((await capture.ended).code).toBe(EXIT.done);
    expect(readSession(capture.stdout.all[0]!).record.pid).toBe(pid);
    process.kill(pid, 'SIGKILL');
  });
});

it('nodemon and pm2 around the service are named at install', async () => {
  const service = project.write('shop.cjs', COMMONJS_APP);
  const args = JSON.stringify([...PRELOAD.split(' '), service]);
  const text = `require('node:child_process').spawn(process.execPath, ${args}, { stdio: 'inherit' });`;
  const nodemon = start(TEST_NODE, [project.write('nodemon.js', text)], { pm_id: '3' });
  const pid = Number((await nodemon.stdout.next(/^ready/)).split(' ')[1]);
  await nodemon.stderr.next(/nodemon restarts this process with SIGUSR2/);
  await nodemon.stderr.next(new RegExp(`pm2's daemon, pid ${nodemon.pid},`));
  process.kill(pid, 'SIGKILL');
});

const namespaces = spawnSync('unshare', ['--pid', '--fork', '--mount-proc', 'true']).status === 0;

/** Needs the privilege to make a pid namespace: root, or a kernel that lets users. */
describe.skipIf(!namespaces)('pid 1', () => {
  function startAsFirst(command: readonly string[], env: Record<string, string> = {}): NodeProcess {
    return start('unshare', ['--pid', '--fork', '--kill-child', '--mount-proc', ...command], env);
  }

  /** Runs heapdiff as `kubectl exec` would: inside. */
  function runInside(outer: NodeProcess, ...args: string[]): NodeProcess {
    const [first] = listDescendants(outer.pid);
    return start('nsenter', ['--target', String(first), '--pid', '--mount', TEST_NODE, MAIN, ...args]);
  }

  it('is the service itself: signals and heapdiff capture 1 work', async () => {
    const file = project.write('shop.cjs', COMMONJS_APP);
    const outer = startAsFirst([TEST_NODE, ...PRELOAD.split(' '), file], { HEAPDIFF_MODE: 'profile' });
    await outer.stdout.next(/^ready 1$/);
    const [first] = listDescendants(outer.pid);
    outer.signal('SIGUSR2', first!);
    await outer.stderr.next(/window open/);
    outer.signal('SIGUSR2', first!);
    await outer.stderr.next(/session complete/);
    const capture = runInside(outer, 'capture', '1', '--for', '1ms', '--no-report');
    expect(await capture.ended, capture.stderr.all.join('\n')).toEqual({ code: EXIT.done, signal: null });
    expect(listSessions(project.dir).map((folder) => path.basename(folder))).toEqual(['shop-1-1', 'shop-1-2']);
    expect(readSession(capture.stdout.all[0]!).record).toMatchObject({ pid: 1, ppid: 0 });
  });

  it('is npm start: heapdiff ps finds the service, says whom to signal, and capture takes it', async () => {
    project.write('shop.cjs', COMMONJS_APP);
    const scripts = { start: `node ${PRELOAD} shop.cjs` };
    fs.writeFileSync(path.join(project.root, 'package.json'), JSON.stringify({ name: 'shop', scripts }));
    const env = { HEAPDIFF_MODE: 'profile', npm_config_update_notifier: 'false' };
    const outer = startAsFirst(['npm', 'start'], env);
    const pid = (await outer.stdout.next(/^ready/)).split(' ')[1]!;
    const ps = runInside(outer, 'ps');
    await ps.ended;
    expect(ps.stdout.all.join('\n')).toMatch(
      new RegExp(`pid 1 \\(npm start\\) has started ${pid} and passes no signal on: signal ${pid}, not 1\\.`),
    );
    const refused = runInside(outer, 'capture', '1');
    expect((await refused.ended).code).toBe(EXIT.environment);
    expect(refused.stderr.all.join('\n')).toContain(`heapdiff capture ${pid}`);
    const capture = runInside(outer, 'capture', '--for', '1ms', '--no-report');
    expect(await capture.ended, capture.stderr.all.join('\n')).toEqual({ code: EXIT.done, signal: null });
    expect(readSession(capture.stdout.all[0]!).record.pid).toBe(Number(pid));
  });
});
