/** What a worker leaves that is recycled: real processes, and the sessions they write. */
import fs from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readSession } from '../../src/session';
import { NodeProcess } from '../support/node-process';
import { listSessions } from '../support/project';
import { useProject } from '../support/use-project';
import { INSTALLING_APP } from './apps';

const project = useProject();

/** Runs `script` in an application that has the agent; resolves to what each step printed. */
async function startApp(options: object = {}) {
  const file = project.write('app.cjs', INSTALLING_APP);
  const app = new NodeProcess([file, JSON.stringify({ dir: project.dir, evidence: true, ...options })], {
    cwd: project.root,
  });
  await app.stdout.next(/^ready/);
  const run = async (command: string) => {
    const nth = app.stdout.matching(/^(did|failed)/).length + 1;
    app.command(command);
    return (await app.stdout.next(/^(did|failed)/, nth)).replace(/^did \w+ /, '');
  };
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
  it('leaves a session without snapshots: profile, ledger, units, and why', async () => {
    const { app, run, leave } = await startApp();
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
    expect(record.after.units).toEqual({ job: 1000 });
    expect(record.after.memory.process.heapUsed).toBeGreaterThan(0);
    expect(sampledBytes(profile)).toBeGreaterThan(5e6);
    await app.stderr.next(/recycled \(max-requests\), evidence left: .*\. Type: heapdiff runs /);
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
