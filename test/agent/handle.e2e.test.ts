import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { diffSnapshots } from '../../src/diff/diff-heaps';
import { readSession } from '../../src/session';
import { startInstallingApp } from '../support/installing-app';
import { NodeProcess } from '../support/node-process';
import { listSessions } from '../support/project';
import { useProject } from '../support/use-project';
import { COMMONJS_APP, INSTALLING_APP } from './apps';

const project = useProject();

interface App {
  readonly process: NodeProcess;
  /** Evaluates an expression in the application; resolves to what it printed: "did eval …" or "failed CODE …". */
  readonly run: (expression: string) => Promise<string>;
}

async function startApp(options: object = {}, flags: string[] = [], env: Record<string, string> = {}): Promise<App> {
  const app = await startInstallingApp(project, options, { flags, env });
  return { process: app, run: (expression) => app.ask(`eval ${expression}`) };
}

describe('the handle', () => {
  it('writes a session by start() and capture(), with the units of work', async () => {
    const { run } = await startApp();
    await run('handle.unit("job", 3)');
    expect(await run('handle.start()')).toBe('did eval undefined');
    await run('handle.unit("job", 4)');
    await run('handle.unit("mail")');
    const folder = (await run('handle.capture().then((session) => session.folder)')).slice('did eval '.length);
    const { record } = readSession(folder);
    expect(record.before.units).toEqual({ job: 3 });
    expect(record.after.units).toEqual({ job: 7, mail: 1 });
    expect(record.closedBy).toBe('call');
    expect(JSON.parse((await run('JSON.stringify(handle.status())')).slice('did eval '.length))).toMatchObject({
      state: 'idle',
      sessions: 1,
      lastFolder: folder,
      openFolder: null,
      ignoredSignals: 0,
      mode: 'auto',
      signal: 'SIGUSR2',
    });
  });

  it('lists a thousand scripts in the record, and leaves no list in the second snapshot', async () => {
    const { run } = await startApp();
    const load = `(globalThis.kept = Array.from({ length: 1000 }, (_, i) => process.mainModule.require("node:vm").runInThisContext("() => " + i, "/srv/" + i + ".js"))).length`;
    expect(await run(load)).toBe('did eval 1000');
    await run('handle.start()');
    const folder = (await run('handle.capture().then((session) => session.folder)')).slice('did eval '.length);
    const { before, after, record } = readSession(folder);
    expect(record.scripts.length).toBeGreaterThanOrEqual(1000);
    const { constructors } = await diffSnapshots({ before: before!, after: after!, profile: null, record: null });
    expect(constructors.filter(({ internal, countDelta }) => !internal && countDelta > 500)).toEqual([]);
  });

  it('refuses calls out of order, saying what to do', async () => {
    const { run } = await startApp({ mode: 'profile' });
    expect(await run('handle.capture()')).toMatch(/^failed AGENT_STATE capture\(\) is not possible .* idle/);
    await run('handle.start()');
    expect(await run('handle.start()')).toMatch(/^failed AGENT_STATE start\(\) is not possible .* tracking/);
    expect(await run('handle.capture().then(() => "captured")')).toBe('did eval captured');
  });

  it('is the same for a second install, whose options are said to have no effect', async () => {
    const { process: app, run } = await startApp();
    expect(await run('install() === handle')).toBe('did eval true');
    expect(app.stderr.matching(/already installed/)).toEqual([]);
    expect(await run('install({ mode: "trace" }) === handle')).toBe('did eval true');
    await app.stderr.next(/already installed here with .* mode auto/);
  });

  it('counts HTTP requests, unless told not to', async () => {
    const serve = `new Promise((done) => { const http = process.mainModule.require("node:http");
      const server = http.createServer((_, response) => response.end());
      server.listen(0, async () => { for (let i = 0; i < 3; i++) await new Promise((next) => http.get({ port: server.address().port, agent: false }, (r) => r.resume().on("end", next)));
      server.close(); done("served"); }); })`.replace(/\n\s*/g, ' ');
    for (const [countRequests, expected] of [
      [true, { request: 3 }],
      [false, {}],
    ] as const) {
      const { run } = await startApp({ mode: 'profile', countRequests });
      await run('handle.start()');
      expect(await run(serve)).toBe('did eval served');
      const folder = (await run('handle.capture().then((session) => session.folder)')).slice('did eval '.length);
      expect(readSession(folder).record.after.units).toEqual(expected);
    }
  });
});

describe('uninstall', () => {
  it('leaves nothing behind: the signal kills again, no listener, no presence file', async () => {
    const { process: app, run } = await startApp();
    await run('handle.uninstall()');
    expect(await run('process.listenerCount("SIGUSR2") + process.listenerCount("exit")')).toBe('did eval 0');
    expect(fs.readdirSync(path.join(project.dir, '.agents'))).toEqual([]);
    expect(await run('handle.start()')).toMatch(/^failed AGENT_STATE .*uninstalled/);
    app.signal();
    expect(await app.ended).toEqual({ code: null, signal: 'SIGUSR2' });
  });

  it('gives up an open window', async () => {
    const { run } = await startApp();
    await run('handle.start()');
    expect(listSessions(project.dir)).toHaveLength(1);
    await run('handle.uninstall()');
    expect(listSessions(project.dir)).toEqual([]);
    expect(await run('handle.status().state')).toBe('did eval uninstalled');
  });

  it('waits for a phase that is running', async () => {
    const { run } = await startApp();
    await run('handle.start()');
    const both = 'Promise.all([handle.capture(), handle.uninstall()]).then(([session]) => session.folder)';
    const folder = (await run(both)).slice('did eval '.length);
    expect(readSession(folder).after).not.toBeNull();
    const started =
      'Promise.allSettled([handle.start(), handle.uninstall()]).then((all) => all.map((a) => a.status).join())';
    expect(await run(started)).toBe('did eval rejected,fulfilled');
  });
});

describe('what goes wrong', () => {
  it('a folder that cannot be written to is named at install; a signal reports it and the process runs on', async () => {
    const dir = path.join(project.write('file', ''), 'sessions');
    const { process: app, run } = await startApp({ dir });
    expect(app.stderr.all[0]).toMatch(/file\/sessions cannot hold sessions: .* HEAPDIFF_DIR/);
    app.signal();
    await app.stderr.next(/cannot hold sessions/, 2);
    expect(await run('handle.start()')).toMatch(/^failed DIRECTORY_UNUSABLE/);
    expect(await run('handle.status().state')).toBe('did eval idle');
  });

  it('a session folder that vanishes fails the capture; the next session works', async () => {
    const { run } = await startApp();
    await run('handle.start()');
    fs.rmSync(project.dir, { recursive: true });
    expect(await run('handle.capture()')).toMatch(
      /^failed CAPTURE_FAILED writing .*growth\.heapprofile failed: ENOENT/,
    );
    expect(await run('handle.status().state')).toBe('did eval idle');
    await run('handle.start()');
    expect(await run('handle.capture().then(() => "captured")')).toBe('did eval captured');
  });

  it('a second sampler is not disturbed', async () => {
    const { run } = await startApp();
    const session = 'globalThis.other = new (process.mainModule.require("node:inspector").Session)()';
    await run(`${session}; other.connect(); other.post("HeapProfiler.startSampling")`);
    await run('handle.start()');
    await run('handle.capture()');
    const { record, profile, after } = readSession(listSessions(project.dir)[0]!);
    expect(profile).toBeNull();
    expect(after).not.toBeNull();
    expect(record.skipped).toEqual([{ what: 'growth.heapprofile', why: 'another profiler was sampling this process' }]);
  });

  it('a bad option in the environment is named, and the signal does not kill', async () => {
    const file = project.write('app.cjs', COMMONJS_APP);
    const env = { HEAPDIFF_MODE: 'turbo', HEAPDIFF_DIR: project.dir };
    const app = new NodeProcess(['--require', 'heapdiff/register', file], { cwd: project.root, env });
    await app.stdout.next(/^ready/);
    expect(app.stderr.all[0]).toMatch(
      /not installed: .*HEAPDIFF_MODE is "turbo", but must be auto, snapshot, profile, trace/,
    );
    app.signal();
    await app.stderr.next(/not installed/, 2);
    expect(await app.ask('eval 1+1')).toBe('did eval 2');
  });

  it('an unknown variable is named', async () => {
    const { process: app } = await startApp({}, [], { HEAPDIFF_DRI: '/nowhere' });
    await app.stderr.next(/HEAPDIFF_DRI: no such option/);
  });

  it('an unknown option throws, naming it', async () => {
    const file = project.write('app.cjs', INSTALLING_APP);
    const app = new NodeProcess([file, '{"drectory":"x"}'], { cwd: project.root });
    expect((await app.ended).code).toBe(1);
    expect(app.stderr.all.join('\n')).toContain('unknown agent option drectory');
  });
});
