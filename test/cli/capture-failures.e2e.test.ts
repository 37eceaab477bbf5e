/** What `heapdiff capture` says and does when it can't, against real processes. */
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { EXIT } from '../../src/errors';
import { listAgents, presenceFile, readPresence, requestFile } from '../../src/presence';
import { CLUSTER_APP, COMMONJS_APP, INSTALLING_APP } from '../agent/apps';
import { captureCommands, failureOf, PRELOAD } from '../support/capture-command';
import { listSessions } from '../support/project';
import { useProject } from '../support/use-project';

const project = useProject();
const { start, startService, capture } = captureCommands(project);

/** Above the kernel's largest pid. */
const NOBODY = 2 ** 22 + 1;

describe('heapdiff capture, where something goes wrong', () => {
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
    expect(await app.ask('eval 1+1')).toBe('did eval 2');
  });

  it.runIf(process.platform === 'linux')('nor one whose handler was taken away behind its agent', async () => {
    const app = start([project.write('app.cjs', INSTALLING_APP)]);
    await app.stdout.next(/^ready/);
    await app.ask('eval process.removeAllListeners("SIGUSR2") && 1');
    const { status, text } = await failureOf(capture(app.pid));
    expect(status).toBe(EXIT.environment);
    expect(text).toMatch(/no handler for SIGUSR2/);
    expect(await app.ask('eval 1+1')).toBe('did eval 2');
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
