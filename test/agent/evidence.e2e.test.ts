/** What a worker leaves that is recycled: real processes, and the sessions they write. */
import fs from 'node:fs';
import { describe, expect, it } from 'vitest';
import { CaptureLock } from '../../src/agent/capture-lock';
import type { HeapDiff } from '../../src/diff/types';
import { readSession } from '../../src/session';
import { startInstallingApp } from '../support/installing-app';
import { NodeProcess } from '../support/node-process';
import { listSessions } from '../support/project';
import { runCli } from '../support/run-cli';
import { useProject } from '../support/use-project';

const project = useProject();

/** An application that leaves evidence; `run` resolves to what a command of its gave. */
async function startApp(options: object = {}) {
  const app = await startInstallingApp(project, { evidence: true, ...options });
  const run = async (command: string) => (await app.ask(command)).replace(/^did \w+ /, '');
  const leave = async (more = '') =>
    JSON.parse(
      await run(`eval handle.leaveEvidence({ reason: 'max-requests', ${more} }).then((left) => JSON.stringify(left))`),
    ) as { folder: string | null };
  return { app, run, leave };
}

/** What was allocated in the window and stayed; 50,000 sessions of the application are 12 MB. */
function sampledBytes(profile: string | null): number {
  const { samples } = JSON.parse(fs.readFileSync(profile!, 'utf8')) as { samples: { size: number }[] };
  return samples.reduce((sum, { size }) => sum + size, 0);
}

describe('a worker that is recycled', () => {
  it('leaves a session: profile, ledger, units, and why', async () => {
    const { app, run, leave } = await startApp({ mode: 'profile' });
    await run('leak 50000');
    await run('eval handle.ready()');
    await run('leak 50000');
    await run('eval handle.unit("job", 1000)');
    const { folder } = await leave();
    expect(listSessions(project.dir)).toEqual([folder]);
    const { record, profile, before, after } = readSession(folder!);
    expect(record).toMatchObject({ captureMode: 'profile', closedBy: 'recycled', recycled: 'max-requests' });
    expect(record.bootMs).toBeGreaterThan(0);
    expect(record.samplingInterval).toBe(512 * 1024);
    expect([before, after]).toEqual([null, null]);
    expect(record.skipped.map(({ what }) => what)).toEqual(['a.heapsnapshot', 'b.heapsnapshot']);
    expect(record.after.units).toEqual({ job: 1000 });
    expect(record.after.memory.process.heapUsed).toBeGreaterThan(0);
    expect(sampledBytes(profile)).toBeGreaterThan(5e6);
    await app.stderr.next(/recycled \(max-requests\), evidence left: .*\. Type: heapdiff runs /);
  });

  it('leaves a snapshot of its end where one fits; the report names what holds the leak', async () => {
    const { run, leave } = await startApp();
    await run('eval handle.ready()');
    await run('leak 50000');
    const { folder } = await leave('timeoutMs: 120_000');
    const { record, before, after } = readSession(folder!);
    expect(record).toMatchObject({ captureMode: 'profile', closedBy: 'recycled' });
    expect([before, after]).toEqual([null, expect.stringContaining('b.heapsnapshot')]);
    expect(record.skipped.map(({ what }) => what)).toEqual(['a.heapsnapshot']);
    expect(record.after.preflight).toMatchObject({ decision: 'snapshot', forced: false });
    expect(record.after.preflight!.measured!.nodes).toBeGreaterThan(100_000);
    expect(fs.existsSync(`${project.dir}/.agents/capture.lock`)).toBe(false);

    const json = JSON.parse(runCli([folder!, '--json']).stdout) as HeapDiff;
    expect(json.suspects).toEqual([]);
    const [held] = json.holders!;
    expect(held).toMatchObject({ count: 50_000, constructor: { name: 'Session' } });
    expect(held!.bytes).toBeGreaterThan(10e6);
    expect(held!.share).toBeGreaterThan(0.5);
    const sentence = /50,000 Session held by `kept` \(Array\), a variable in module scope of \S*app\.cjs/;
    const text = runCli([folder!]).stdout.replace(/\s+/g, ' ');
    expect(text).toMatch(/Held at the end/);
    expect(text).toMatch(sentence);
    expect(text).toMatch(/Growth by allocation site/);
    expect(runCli([folder!, '--markdown']).stdout).toMatch(sentence);
  });

  it('takes no time for a snapshot that is not there, and says so', async () => {
    const { run, leave } = await startApp({ maxPauseMs: 1 });
    await run('eval handle.ready()');
    await run('leak 50000');
    const { record, after, profile } = readSession((await leave('timeoutMs: 120_000')).folder!);
    expect([after, record.after.preflight!.decision]).toEqual([null, 'profile']);
    const why = expect.stringMatching(/it would stop the process for about .*, and maxPauseMs is 1 ms/);
    expect(record.skipped).toContainEqual({ what: 'b.heapsnapshot', why });
    expect(sampledBytes(profile)).toBeGreaterThan(5e6);
  });

  it('does not wait for another process that captures', async () => {
    const { run, leave } = await startApp();
    await run('eval handle.ready()');
    const lock = await CaptureLock.acquire(project.dir, { onWait: () => {}, longestWait: 60_000 });
    const { record, after, profile } = readSession((await leave('timeoutMs: 120_000')).folder!);
    lock.release();
    expect([after, record.after.preflight]).toEqual([null, undefined]);
    const why = 'another process was capturing, and a worker that leaves does not wait';
    expect(record.skipped).toContainEqual({ what: 'b.heapsnapshot', why });
    expect(profile).not.toBeNull();
  });

  it('keeps the rest when the snapshot fails', async () => {
    const { app, run, leave } = await startApp();
    await run(
      `eval process.mainModule.require('node:v8').writeHeapSnapshot = () => { throw new Error('the disk is gone'); }; 0`,
    );
    await run('eval handle.ready()');
    await run('leak 50000');
    const { record, after, profile } = readSession((await leave('timeoutMs: 120_000')).folder!);
    expect(record).toMatchObject({ closedBy: 'recycled', recycled: 'max-requests' });
    expect(record.interrupted).toMatch(/the disk is gone/);
    expect(after).toBeNull();
    expect(record.skipped).toContainEqual({ what: 'b.heapsnapshot', why: expect.stringMatching(/the disk is gone/) });
    expect(sampledBytes(profile)).toBeGreaterThan(5e6);
    await app.stderr.next(/evidence is not complete: .*the disk is gone/);
  });

  it('counts from ready(), or from the first unit of work: what was loaded before is no growth', async () => {
    const sizeOf = async (first: string) => {
      const { run, leave } = await startApp();
      await run('leak 200000');
      await run(`eval ${first}`);
      const { profile } = readSession((await leave()).folder!);
      return sampledBytes(profile);
    };
    expect(await sizeOf('handle.ready()')).toBeLessThan(5e6);
    expect(await sizeOf('handle.unit("job")')).toBeLessThan(5e6);
  });

  it('is counted by a session that the signal opens in between, and by another one afterwards', async () => {
    const { app, run, leave } = await startApp({ mode: 'profile' });
    await run('eval handle.ready()');
    app.signal();
    await app.stderr.next(/window open/);
    await run('leak 50000');
    app.signal();
    await app.stderr.next(/session complete/);
    await run('eval handle.ready()');
    await run('leak 50000');
    const { folder } = await leave();
    const [asked, left] = listSessions(project.dir).map(readSession);
    expect(asked!.record.closedBy).toBe('signal');
    expect(left!.folder).toBe(folder);
    expect(left!.record.closedBy).toBe('recycled');
    for (const { profile } of [asked!, left!]) expect(sampledBytes(profile)).toBeGreaterThan(5e6);
  });

  it('keeps the window that the signal has opened, as it is', async () => {
    const { app, run, leave } = await startApp();
    app.signal();
    await app.stderr.next(/window open/);
    await run('leak 50000');
    const { folder } = await leave();
    const { record, before, after, profile } = readSession(folder!);
    expect(record.interrupted).toBe('the worker was recycled: max-requests');
    expect(before).not.toBeNull();
    expect(after).toBeNull();
    expect(sampledBytes(profile)).toBeGreaterThan(5e6);
  });

  it('flushes what the application has registered, and survives what fails', async () => {
    const { app, run, leave } = await startApp();
    const file = JSON.stringify(`${project.root}/flushed`);
    await run(`eval handle.onFlush(async () => process.mainModule.require('node:fs').writeFileSync(${file}, 'all'))`);
    await run(`eval handle.onFlush(() => { throw new Error('no disk'); })`);
    await run(`eval handle.onFlush(() => { throw new Error('taken back'); })()`);
    await run('eval handle.ready()');
    expect((await leave()).folder).not.toBeNull();
    expect(fs.readFileSync(`${project.root}/flushed`, 'utf8')).toBe('all');
    expect(app.stderr.matching(/an onFlush hook failed/)).toHaveLength(1);
    await app.stderr.next(/an onFlush hook failed: no disk/);
  });

  it('does not wait longer than it was told', async () => {
    const { app, run, leave } = await startApp();
    await run('eval handle.onFlush(() => new Promise(() => {}))');
    await run('eval handle.ready()');
    expect(await leave('timeoutMs: 50')).toEqual({ folder: null });
    await app.stderr.next(/evidence was not complete after 50 ms/);
  });

  it('leaves nothing, and says why, where nothing can be written', async () => {
    const { app, run, leave } = await startApp();
    await run('eval handle.ready()');
    fs.rmSync(project.dir, { recursive: true });
    fs.writeFileSync(project.dir, '');
    expect(await leave()).toEqual({ folder: null });
    await app.stderr.next(/no evidence left: .* cannot hold sessions/);
  });

  it('leaves nothing without the option, or when it has done nothing yet', async () => {
    const without = await startApp({ evidence: false });
    await without.run('eval handle.ready()');
    expect(await without.leave()).toEqual({ folder: null });
    expect(await (await startApp()).leave()).toEqual({ folder: null });
    expect(listSessions(project.dir)).toEqual([]);
  });

  it('does not stay alive for it', async () => {
    const file = project.write(
      'short.cjs',
      `const handle = require('heapdiff/agent').install({ dir: ${JSON.stringify(project.dir)}, evidence: true }); handle.ready();`,
    );
    expect(await new NodeProcess([file], { cwd: project.root }).ended).toEqual({ code: 0, signal: null });
  });
});
