/** `heapdiff capture` against real processes. */
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { EXIT } from '../../src/errors';
import { AGENTS_FOLDER, listAgents, presenceFile, readPresence, requestFile } from '../../src/presence';
import { readSession } from '../../src/session';
import { CLUSTER_APP, COMMONJS_APP, INSTALLING_APP } from '../agent/apps';
import { NodeProcess } from '../support/node-process';
import { listSessions, REPOSITORY, readMode } from '../support/project';
import { MAIN } from '../support/run-cli';
import { useProject } from '../support/use-project';

const project = useProject();

const PRELOAD = ['--require', 'heapdiff/register'];
/** Above the kernel's largest pid. */
const NOBODY = 2 ** 22 + 1;

function start(args: readonly string[], env: Record<string, string> = {}): NodeProcess {
  return new NodeProcess(args, { cwd: project.root, env: { HEAPDIFF_DIR: project.dir, ...env } });
}

async function startService(env: Record<string, string> = {}, name = 'shop.cjs'): Promise<NodeProcess> {
  const app = start([...PRELOAD, project.write(name, COMMONJS_APP)], env);
  await app.stdout.next(/^ready/);
  return app;
}

function capture(...args: (string | number)[]): NodeProcess {
  return start([MAIN, 'capture', ...args.map(String)]);
}

/** Lines of a command that has failed: what happened and what to do. */
async function failureOf(command: NodeProcess): Promise<{ status: number | null; text: string }> {
  const { code } = await command.ended;
  expect(command.stdout.all).toEqual([]);
  const text = command.stderr.all.join('\n');
  expect(text).not.toMatch(/^ {4}at /m);
  return { status: code, text };
}

describe('one session', () => {
  it('is taken, waited for and reported on', async () => {
    const app = await startService();
    const command = capture(app.pid, '--for', '1h');
    await command.stderr.next(/window open, closes after 1 h/);
    app.command('leak 20000');
    await app.stdout.next(/^did leak/);
    // The window's time is over long after this test: the signal by hand closes it, and the command sees that.
    app.signal();
    expect(await command.ended).toEqual({ code: EXIT.done, signal: null });
    const [folder] = listSessions(project.dir);
    expect(command.stdout.all.join('\n')).toMatch(/20,000 .*Session/);
    expect(readSession(folder!).record).toMatchObject({ pid: app.pid, closedBy: 'signal' });
    expect(listSessions(project.dir)).toHaveLength(1);
  });

  it('ends by its time, in a mode of its own, with only the folder on stdout', async () => {
    const app = await startService();
    const command = capture('--for', '50ms', '--mode', 'profile', '--no-report');
    expect(await command.ended).toEqual({ code: EXIT.done, signal: null });
    expect(command.stdout.all).toEqual(listSessions(project.dir));
    expect(readSession(command.stdout.all[0]!).record.captureMode).toBe('profile');
    // The mode was that session's only, and no request stays behind.
    app.signal();
    await app.stderr.next(/window open/, 2);
    app.signal();
    await app.stderr.next(/session complete/, 2);
    expect(readSession(listSessions(project.dir)[1]!).record.captureMode).toBe('snapshot');
    expect(fs.existsSync(requestFile(project.dir, app.pid))).toBe(false);
  });

  it('ends when enough work is done', async () => {
    const app = start([project.write('app.cjs', INSTALLING_APP), JSON.stringify({ mode: 'profile' })]);
    await app.stdout.next(/^ready/);
    app.command('eval handle.unit("job", 5)');
    await app.stdout.next(/^did/);
    const command = capture(app.pid, '--units', 10, '--json');
    await command.stderr.next(/window open, closes after 10 units of work;/);
    app.command('eval handle.unit("job", 9)');
    await app.stdout.next(/^did/, 2);
    expect(listAgents(project.dir)).toMatchObject([{ state: 'tracking' }]);
    app.command('eval handle.unit("job", 1)');
    expect((await command.ended).code).toBe(EXIT.done);
    expect(JSON.parse(command.stdout.all.join('\n'))).toMatchObject({ schema: 'heapdiff/report@1' });
    const { before, after } = readSession(listSessions(project.dir)[0]!).record;
    expect([before.units, after.units]).toEqual([{ job: 5 }, { job: 15 }]);
  });

  it('finds the folder that the process was told, by its pid', async () => {
    const elsewhere = path.join(project.root, 'elsewhere');
    const app = await startService({ HEAPDIFF_DIR: elsewhere });
    const command = capture(app.pid, '--for', '1ms', '--mode', 'profile', '--no-report');
    expect((await command.ended).code).toBe(EXIT.done);
    expect(command.stdout.all).toEqual(listSessions(elsewhere));
  });

  it('with the variables of the service, has no agent itself', async () => {
    const app = await startService();
    const env = { NODE_OPTIONS: `--require ${path.join(path.dirname(MAIN), '../agent/register.js')}` };
    const command = start([MAIN, 'capture', '--for', '1ms', '--mode', 'profile', '--no-report'], env);
    expect((await command.ended).code).toBe(EXIT.done);
    expect(command.stderr.matching(/ready: kill/)).toEqual([]);
    expect(readSession(command.stdout.all[0]!).record.pid).toBe(app.pid);
  });
});

describe('Ctrl-C', () => {
  it('closes the window, waits for the session and says where it is', async () => {
    const app = await startService();
    const command = capture(app.pid, '--for', '1h', '--mode', 'profile');
    await command.stderr.next(/window open/);
    command.signal('SIGINT');
    expect(await command.ended).toEqual({ code: EXIT.interrupted, signal: null });
    const [folder] = listSessions(project.dir);
    expect(command.stderr.all.at(-1)).toBe(`heapdiff: pid ${app.pid}: session complete. Type: heapdiff ${folder}`);
    expect(readSession(folder!).record.captureMode).toBe('profile');
    expect(listAgents(project.dir)).toMatchObject([{ state: 'idle', sessions: 1 }]);
  });

  it('before the process has reacted opens no window', async () => {
    const app = await startService();
    app.signal('SIGSTOP');
    const command = capture(app.pid, '--for', '1h');
    await command.stderr.next(/waiting for the process/);
    command.signal('SIGINT');
    await command.stderr.next(/interrupted/);
    await untilRequest(app.pid, 'close');
    app.signal('SIGCONT');
    expect(await command.ended).toEqual({ code: EXIT.interrupted, signal: null });
    expect(command.stderr.all.at(-1)).toContain('no window was opened');
    expect(listSessions(project.dir)).toEqual([]);
    expect(listAgents(project.dir)).toMatchObject([{ state: 'idle', sessions: 0 }]);
  });

  it('a second time leaves at once', async () => {
    const app = await startService();
    const command = capture(app.pid, '--for', '1h', '--mode', 'profile');
    await command.stderr.next(/window open/);
    app.signal('SIGSTOP');
    command.signal('SIGINT');
    await command.stderr.next(/interrupted/);
    command.signal('SIGINT');
    expect(await command.ended).toEqual({ code: EXIT.interrupted, signal: null });
    expect(command.stderr.all.at(-1)).toContain(`kill -USR2 ${app.pid}`);
    // The second signal had been sent: once it runs again, the process closes the window.
    app.signal('SIGCONT');
    await app.stderr.next(/session complete/);
  });
});

describe('what goes wrong', () => {
  it('no such process', async () => {
    const { status, text } = await failureOf(capture(NOBODY));
    expect(status).toBe(EXIT.environment);
    expect(text).toContain(`there is no process ${NOBODY}`);
  });

  it('a process without the agent gets no signal, which would kill it', async () => {
    const app = start([project.write('app.cjs', COMMONJS_APP)]);
    await app.stdout.next(/^ready/);
    const { status, text } = await failureOf(capture(app.pid));
    expect(status).toBe(EXIT.environment);
    expect(text).toContain(`process ${app.pid} was sent nothing`);
    app.command('eval 1+1');
    await app.stdout.next(/^did eval 2/);
  });

  it.runIf(process.platform === 'linux')('nor one whose handler was taken away behind its agent', async () => {
    const app = start([project.write('app.cjs', INSTALLING_APP)]);
    await app.stdout.next(/^ready/);
    app.command('eval process.removeAllListeners("SIGUSR2") && 1');
    await app.stdout.next(/^did/);
    const { status, text } = await failureOf(capture(app.pid));
    expect(status).toBe(EXIT.environment);
    expect(text).toMatch(/no handler for SIGUSR2/);
    app.command('eval 1+1');
    await app.stdout.next(/^did eval 2/);
  });

  it('the shell in front of the service: the process behind it is named', async () => {
    const file = project.write('shop.cjs', COMMONJS_APP);
    const text = `require('node:child_process').spawn(process.execPath, ${JSON.stringify([...PRELOAD, file])}, { stdio: 'inherit' });`;
    const outer = start([project.write('outer.cjs', text)]);
    const pid = (await outer.stdout.next(/^ready/)).split(' ')[1]!;
    const { text: said } = await failureOf(capture(outer.pid));
    expect(said).toContain(`It has started ${pid}, which has the agent: heapdiff capture ${pid}`);
    process.kill(Number(pid), 'SIGKILL');
  });

  it('a cluster primary names its workers', async () => {
    const primary = start([...PRELOAD, project.write('cluster.cjs', CLUSTER_APP)], { APP_PRELOADED: '1' });
    const workers = (await primary.stdout.next(/^workers/)).split(' ').slice(1);
    const { status, text } = await failureOf(capture(primary.pid));
    expect(status).toBe(EXIT.environment);
    for (const pid of workers) expect(text).toContain(pid);
    expect(text).toContain('this is the cluster primary');
    expect(listSessions(project.dir)).toEqual([]);
  });

  it('several processes: they are listed', async () => {
    const apps = [await startService({}, 'one.cjs'), await startService({}, 'two.cjs')];
    const { status, text } = await failureOf(capture());
    expect(status).toBe(EXIT.usage);
    for (const { pid } of apps) expect(text).toMatch(new RegExp(`^ *${pid} `, 'm'));
  });

  it('none at all', async () => {
    const { status, text } = await failureOf(capture());
    expect(status).toBe(EXIT.environment);
    expect(text).toContain(`no process with the agent writes to ${project.dir}`);
  });

  it('a window that somebody else has opened stays open', async () => {
    const app = await startService({ HEAPDIFF_MODE: 'profile' });
    app.signal();
    await app.stderr.next(/window open/);
    const { status, text } = await failureOf(capture(app.pid));
    expect(status).toBe(EXIT.environment);
    expect(text).toMatch(/the agent is tracking.*\n.*kill -USR2/);
    expect(listAgents(project.dir)).toMatchObject([{ state: 'tracking' }]);
  });

  it('a mode that the agent does not have', async () => {
    const app = await startService();
    const { status, text } = await failureOf(capture(app.pid, '--mode', 'turbo'));
    expect(status).toBe(EXIT.environment);
    expect(text).toMatch(/there is no mode "turbo".*\n.*snapshot, profile, trace/);
    expect(listAgents(project.dir)).toMatchObject([{ state: 'idle', sessions: 0 }]);
  });

  it('the process dies meanwhile', async () => {
    const app = await startService({ HEAPDIFF_MODE: 'profile' });
    const command = capture(app.pid, '--for', '1h');
    await command.stderr.next(/window open/);
    await app.stop();
    const { status, text } = await failureOf(command);
    expect(status).toBe(EXIT.environment);
    expect(text).toMatch(/has left the session: the process has ended/);
  });

  it('the session fails: the reason is told', async () => {
    const app = await startService();
    const command = capture(app.pid, '--for', '1h');
    await command.stderr.next(/window open/);
    for (const folder of listSessions(project.dir)) fs.rmSync(folder, { recursive: true });
    app.signal();
    const { status, text } = await failureOf(command);
    expect(status).toBe(EXIT.environment);
    expect(text).toMatch(/growth\.heapprofile failed: ENOENT/);
  });

  it('a request that is none is refused, and the agent goes on', async () => {
    const app = await startService();
    const file = requestFile(project.dir, app.pid);
    fs.writeFileSync(file, '{"schema":"heapdiff/request@9"}');
    app.signal();
    await app.stderr.next(/the request was refused: it is not one of this version/);
    expect(readPresence(presenceFile(project.dir, app.pid))!.failure).toMatchObject({ code: 'REQUEST_REFUSED' });
    fs.symlinkSync(project.write('target', '{}'), file);
    app.signal();
    await app.stderr.next(/the request was refused/, 2);
    expect(fs.existsSync(path.join(project.root, 'target'))).toBe(true);
    fs.rmSync(file);
    app.signal();
    await app.stderr.next(/window open/);
  });

  it.each([
    ['--for', 'soon'],
    ['--for', '0s'],
    ['--units', '0'],
    ['--units', 'many'],
    ['pid', 'shop'],
  ])('%s %s is wrong usage', async (option, value) => {
    const { status } = await failureOf(option === 'pid' ? capture(value) : capture(1, option, value));
    expect(status).toBe(EXIT.usage);
  });
});

it.runIf(process.getuid?.() === 0 && isOpenToAll(REPOSITORY))(
  'as root, asks a process of another user in that user’s name',
  async () => {
    fs.chmodSync(project.root, 0o755);
    const dir = path.join(project.root, 'others');
    fs.mkdirSync(dir, { mode: 0o700 });
    fs.chownSync(dir, 65534, 65534);
    const app = start(
      [
        '-e',
        `process.setgid(65534); process.setuid(65534); require('heapdiff/agent').install({ app: 'nobody' }); setInterval(() => {}, 1000); console.log('ready')`,
      ],
      { HEAPDIFF_DIR: dir },
    );
    await app.stdout.next(/^ready/);
    const command = capture(app.pid, '--for', '1ms', '--mode', 'profile', '--no-report');
    expect(await command.ended, command.stderr.all.join('\n')).toEqual({ code: EXIT.done, signal: null });
    expect(readMode(path.join(dir, AGENTS_FOLDER))).toBe('700');
  },
);

/** Whether any user may read what is below this folder: its owner's home may be closed. */
function isOpenToAll(folder: string): boolean {
  return (fs.statSync(folder).mode & 0o5) === 0o5 && (folder === '/' || isOpenToAll(path.dirname(folder)));
}

/** Resolves when the request for `pid` says so. */
async function untilRequest(pid: number, action: string): Promise<void> {
  const file = requestFile(project.dir, pid);
  const watcher = fs.watch(path.dirname(file));
  try {
    while (JSON.parse(fs.readFileSync(file, 'utf8')).action !== action) {
      await new Promise((resolve) => watcher.once('change', resolve));
    }
  } finally {
    watcher.close();
  }
}
