/** `heapdiff capture` against real processes. */
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { EXIT } from '../../src/errors';
import { AGENTS_FOLDER, listAgents, requestFile } from '../../src/presence';
import { readSession } from '../../src/session';
import { INSTALLING_APP } from '../agent/apps';
import { captureCommands } from '../support/capture-command';
import { listSessions, REPOSITORY, readMode } from '../support/project';
import { MAIN } from '../support/run-cli';
import { useProject } from '../support/use-project';

const project = useProject();
const { start, startService, capture } = captureCommands(project);

describe('one session', () => {
  it('is taken, waited for and reported on', async () => {
    const app = await startService();
    const command = capture(app.pid, '--for', '1h');
    await command.stderr.next(/window open, closes after 1 h/);
    await app.ask('leak 20000');
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
    await app.ask('eval handle.unit("job", 5)');
    const command = capture(app.pid, '--units', 10, '--json');
    await command.stderr.next(/window open, closes after 10 units of work;/);
    await app.ask('eval handle.unit("job", 9)');
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
