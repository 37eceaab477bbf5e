/** Directories that are full, read-only, forbidden, replaced or gone: a clear line, and a process that runs on. */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startInstallingApp } from '../support/installing-app';
import { killRemaining, type NodeProcess } from '../support/node-process';
import { createProject, listSessions, type TestProject } from '../support/project';
import { canMount, inspectDirectory, isRoot, mountSmallDisk, remountReadOnly, unmount } from './surroundings';

const NOBODY = 65_534;
const hasPrlimit = fs.existsSync('/usr/bin/prlimit');

let project: TestProject;
let disk: string | null;
beforeEach(() => {
  project = createProject();
  disk = null;
});
afterEach(() => {
  killRemaining();
  if (disk) unmount(disk);
  project.remove();
});

interface App {
  readonly process: NodeProcess;
  readonly run: (expression: string) => Promise<string>;
}

interface AppOptions {
  readonly uid?: number;
  /** Also where the preflight sees that the disk is too small. */
  readonly force?: boolean;
}

async function startApp(dir: string, { uid, force = false }: AppOptions = {}): Promise<App> {
  const app = await startInstallingApp(project, { dir, mode: 'snapshot', force }, uid === undefined ? {} : { uid });
  return { process: app, run: (expression) => app.ask(`eval ${expression}`) };
}

/** The worker is as it was: idle, at full speed for all it knows, and able to capture elsewhere or again. */
async function expectUntouched({ run }: App): Promise<void> {
  expect(await run('handle.status().state')).toBe('did eval idle');
  const profiler = "new (process.mainModule.require('node:inspector').Session)()";
  const sampling = `(() => { const s = ${profiler}; s.connect(); let on; s.post('HeapProfiler.getSamplingProfile', (e) => { on = e === null; }); s.disconnect(); return on; })()`;
  expect(await run(sampling)).toBe('did eval false');
  expect(await run("['SIGTERM', 'exit'].map((name) => process.listenerCount(name)).join()")).toBe('did eval 0,1');
}

describe('a directory that cannot be used from the start', () => {
  const cases: [string, () => string, RegExp][] = [
    ['below a file (ENOTDIR)', () => path.join(project.write('file', ''), 'sessions'), /ENOTDIR|EEXIST/],
    [
      'a link planted in a shared folder',
      () => {
        fs.mkdirSync(path.join(project.root, 'victim'));
        fs.symlinkSync(path.join(project.root, 'victim'), project.dir);
        return project.dir;
      },
      /is a symbolic link/,
    ],
  ];
  it.each(cases)('%s', async (_, makeDir, reason) => {
    const app = await startApp(makeDir());
    expect(app.process.stderr.all[0]).toMatch(/cannot hold sessions: /);
    expect(app.process.stderr.all[0]).toMatch(reason);
    expect(await app.run('handle.start()')).toMatch(/^failed DIRECTORY_UNUSABLE/);
    await expectUntouched(app);
    const victim = path.join(project.root, 'victim');
    if (fs.existsSync(victim)) expect(fs.readdirSync(victim)).toEqual([]);
  });

  it.runIf(isRoot)('one that another user owns (EACCES)', async () => {
    fs.chmodSync(project.root, 0o755);
    fs.mkdirSync(project.dir, { mode: 0o755 });
    const app = await startApp(project.dir, { uid: NOBODY });
    expect(app.process.stderr.all[0]).toMatch(/cannot hold sessions: EACCES.* HEAPDIFF_DIR/);
    expect(await app.run('handle.start()')).toMatch(/^failed DIRECTORY_UNUSABLE .*EACCES/);
    await expectUntouched(app);
  });

  it.runIf(canMount)('a read-only one (EROFS)', async () => {
    mountSmallDisk(project.dir, 64);
    disk = project.dir;
    remountReadOnly(disk);
    const app = await startApp(project.dir);
    expect(app.process.stderr.all[0]).toMatch(/cannot hold sessions: EROFS.* HEAPDIFF_DIR/);
    expect(await app.run('handle.start()')).toMatch(/^failed DIRECTORY_UNUSABLE .*EROFS/);
    await expectUntouched(app);
  });
});

describe('a disk that fills up', () => {
  it.runIf(canMount)('while A is written (ENOSPC): nothing stays, and there is room again', async () => {
    mountSmallDisk(project.dir, 2048);
    disk = project.dir;
    const app = await startApp(project.dir, { force: true });
    expect(await app.run('handle.start()')).toMatch(/^failed CAPTURE_FAILED writing .*a\.heapsnapshot failed: ENOSPC/);
    await app.process.stderr.next(/free space there, or name another folder in HEAPDIFF_DIR/);
    expect(inspectDirectory(project.dir)).toEqual({ complete: [], interrupted: [], unfinished: [], traces: [] });
    await expectUntouched(app);
  });

  it.runIf(canMount)('while B is written (ENOSPC): A and the profile are kept', async () => {
    mountSmallDisk(project.dir, 64 * 1024);
    disk = project.dir;
    const app = await startApp(project.dir, { force: true });
    await app.run('handle.start()');
    const { bavail, bsize } = fs.statfsSync(project.dir);
    fs.writeFileSync(path.join(project.dir, '.ballast'), Buffer.alloc(bavail * bsize - 3 * 1024 * 1024));
    expect(await app.run('handle.capture()')).toMatch(
      /^failed CAPTURE_FAILED writing .*b\.heapsnapshot failed: ENOSPC/,
    );
    await app.process.stderr.next(/What there was is kept/);
    const { interrupted, traces } = inspectDirectory(project.dir);
    expect(interrupted).toMatchObject([{ skipped: [{ what: 'b.heapsnapshot' }] }]);
    expect(traces).toEqual([]);
    await expectUntouched(app);
    fs.rmSync(path.join(project.dir, '.ballast'));
    await app.run('handle.start()');
    expect(await app.run('handle.capture().then(() => "captured")')).toBe('did eval captured');
  });

  it.runIf(canMount)(
    'to the last byte while the window is open: the session is given up, not left in pieces',
    async () => {
      mountSmallDisk(project.dir, 64 * 1024);
      disk = project.dir;
      const app = await startApp(project.dir, { force: true });
      await app.run('handle.start()');
      const { bavail, bsize } = fs.statfsSync(project.dir);
      fs.writeFileSync(path.join(project.dir, '.ballast'), Buffer.alloc(bavail * bsize));
      expect(await app.run('handle.capture()')).toMatch(/^failed (CAPTURE_FAILED|DIRECTORY_UNUSABLE) .*ENOSPC/);
      const { complete, unfinished, traces } = inspectDirectory(project.dir);
      expect({ complete, unfinished, traces }).toEqual({ complete: [], unfinished: [], traces: [] });
      await expectUntouched(app);
    },
  );

  it.runIf(hasPrlimit)('at the largest file allowed (EFBIG), without any privilege', async () => {
    const app = await startApp(project.dir);
    await app.run('handle.start()');
    execFileSync('/usr/bin/prlimit', ['--pid', String(app.process.pid), '--fsize=2000000:']);
    expect(await app.run('handle.capture()')).toMatch(/^failed CAPTURE_FAILED writing .*b\.heapsnapshot failed: EFBIG/);
    const { interrupted, traces } = inspectDirectory(project.dir);
    expect(interrupted).toHaveLength(1);
    expect(traces).toEqual([]);
    await expectUntouched(app);
  });
});

describe('what happens to the directory while a window is open', () => {
  it('deleted: the capture fails, the next session makes it anew', async () => {
    const app = await startApp(project.dir);
    await app.run('handle.start()');
    fs.rmSync(project.dir, { recursive: true });
    expect(await app.run('handle.capture()')).toMatch(/^failed CAPTURE_FAILED/);
    await expectUntouched(app);
    await app.run('handle.start()');
    expect(await app.run('handle.capture().then(() => "captured")')).toBe('did eval captured');
    expect(inspectDirectory(project.dir).complete).toHaveLength(1);
  });

  it('its session replaced by a link: nothing is written through it', async () => {
    const app = await startApp(project.dir);
    await app.run('handle.start()');
    const [folder] = listSessions(project.dir);
    const victim = path.join(project.root, 'victim');
    fs.mkdirSync(victim);
    fs.renameSync(folder!, `${folder}-moved`);
    fs.symlinkSync(victim, folder!);
    expect(await app.run('handle.capture()')).toMatch(/^failed CAPTURE_FAILED .*has been replaced by something else/);
    expect(fs.readdirSync(victim)).toEqual([]);
    await expectUntouched(app);
  });
});

it('a clock that jumps: times in the window are the monotonic ones', async () => {
  const app = await startApp(project.dir);
  await app.run('handle.start()');
  await app.run('(() => { const now = Date.now; Date.now = () => now() - 86400000; })()');
  expect(await app.run('handle.capture().then(() => "captured")')).toBe('did eval captured');
  const [record] = inspectDirectory(project.dir).complete;
  expect(record!.after.wallClock).toBeLessThan(record!.before.wallClock);
  expect(record!.after.monotonic).toBeGreaterThan(record!.before.monotonic);
  await app.run('(() => { const now = Date.now; Date.now = () => now() + 172800000; })()');
  await app.run('handle.start()');
  expect(await app.run('handle.capture().then(() => "captured")')).toBe('did eval captured');
  expect(inspectDirectory(project.dir).complete).toHaveLength(2);
});
