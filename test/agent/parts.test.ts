import { describe, expect, it } from 'vitest';
import { parseRollup } from '../../src/agent/ledger';
import { describeCaptured, describeOpened, killCommand } from '../../src/agent/messages';
import { readOptions } from '../../src/agent/options';
import { decidePrimarySignal, type WorkerProcess } from '../../src/agent/primary';
import { detectRunMode } from '../../src/agent/run-mode';
import { describeConflicts } from '../../src/agent/signal-conflicts';
import { UnitCounter } from '../../src/agent/units';
import { nameLauncher } from '../../src/presence';

describe('detectRunMode', () => {
  const flags = { execArgv: [] as string[], nodeOptions: '', fromSnapshot: false, compileCache: null };
  it.each([
    [[], '', 'non-preload'],
    [['--require', 'heapdiff/register'], '', 'non-preload'],
    [['--import=heapdiff/register'], '', 'non-preload'],
    [['-r', '/srv/node_modules/heapdiff/dist/agent/register.js'], '', 'non-preload'],
    [['--require', 'heapdiff/register', '-r', './models.js'], '', 'preload'],
    [['--import=./models.mjs'], '', 'preload'],
    [[], '--max-old-space-size=100 --require ./models.js', 'preload'],
    [['--require', './not-heapdiff/registered.js'], '', 'preload'],
    [['--snapshot-blob', 'app.blob'], '', 'snapshot-blob'],
    [['--snapshot-blob=app.blob'], '', 'snapshot-blob'],
  ] as const)('%j with NODE_OPTIONS %j: %s', (execArgv, nodeOptions, kind) => {
    expect(detectRunMode('auto', { ...flags, execArgv, nodeOptions }).kind).toBe(kind);
  });

  it('says which flag it was', () => {
    expect(detectRunMode('auto', { ...flags, execArgv: ['-r', './a.js'] }).detectedBy).toBe('-r ./a.js');
  });

  it('says where code is cached, which is no preload', () => {
    const cached = detectRunMode('auto', { ...flags, compileCache: '/var/cache/app' });
    expect(cached).toMatchObject({ kind: 'non-preload', compileCache: '/var/cache/app' });
  });

  it('believes the option', () => {
    expect(detectRunMode('preload', flags)).toMatchObject({ kind: 'preload', detectedBy: 'option runMode' });
  });
});

describe('decidePrimarySignal', () => {
  const worker = (id: number, more: Partial<WorkerProcess> = {}): WorkerProcess => ({
    ...{ id, pid: 100 + id, listening: true, rss: id * 10 },
    ...more,
  });
  const options = (primary: 'explain' | 'forward-one' | 'forward-all') => ({ signal: 'SIGUSR2' as const, primary });

  it('explains with all workers and the command for the largest', () => {
    const { forwardTo, lines } = decidePrimarySignal(options('explain'), [worker(1), worker(2)], null);
    expect(forwardTo).toEqual([]);
    expect(lines.join('\n')).toMatch(/101 \(worker 1\), 102 \(worker 2\)\ntype: kill -USR2 102/);
  });

  it('forwards to the largest, then to the same one though another has outgrown it', () => {
    expect(decidePrimarySignal(options('forward-one'), [worker(1), worker(2)], null).forwardTo).toEqual([102]);
    const later = [worker(1, { rss: 999 }), worker(2)];
    expect(decidePrimarySignal(options('forward-one'), later, 102).forwardTo).toEqual([102]);
  });

  it('never forwards to a worker that the signal would kill', () => {
    const workers = [worker(1), worker(2, { listening: false })];
    expect(decidePrimarySignal(options('forward-one'), workers, null).forwardTo).toEqual([101]);
    expect(decidePrimarySignal(options('forward-all'), workers, null).forwardTo).toEqual([101]);
    const { forwardTo, lines } = decidePrimarySignal(options('forward-all'), [workers[1]!], null);
    expect(forwardTo).toEqual([]);
    expect(lines.at(-1)).toContain('no worker has the agent');
  });
});

describe('nameLauncher', () => {
  it.each([
    ['/usr/local/bin/npm', 'npm'],
    ['/usr/local/lib/node_modules/npm/bin/npm-cli.js', 'npm'],
    ['/usr/lib/node_modules/npm/bin/npx-cli.js', 'npx'],
    ['/srv/node_modules/nodemon/bin/nodemon.js', 'nodemon'],
    ['/opt/yarn/bin/yarn.js', 'yarn'],
    ['/srv/server.js', null],
    ['/srv/npm-proxy.js', null],
    ['', null],
  ])('%s: %s', (script, name) => expect(nameLauncher(script)).toBe(name));
});

describe('describeConflicts', () => {
  const alone = { listeners: 0, flags: [], reportSignal: null, nodemon: false, pm2: null };

  it('does not count the listeners of the named flags twice', () => {
    const flags = ['--heapsnapshot-signal', 'SIGUSR2'];
    const [line] = describeConflicts('SIGUSR2', { ...alone, listeners: 2, flags });
    expect(line).toContain('--heapsnapshot-signal=SIGUSR2 writes');
    expect(line).toContain('the application has 1 listener for it');
    expect(line).not.toContain('report');
  });

  it('suggests a signal other than the one in question', () => {
    const [line] = describeConflicts('SIGURG', { ...alone, listeners: 1, reportSignal: 'SIGUSR2' });
    expect(line).toMatch(/HEAPDIFF_SIGNAL=SIGUSR2$/);
  });

  it('says nothing where there is nothing, and of nodemon and pm2 only where they are', () => {
    expect(describeConflicts('SIGUSR2', alone)).toEqual([]);
    expect(describeConflicts('SIGURG', { ...alone, nodemon: true, pm2: 7 })).toEqual([]);
    const lines = describeConflicts('SIGUSR2', { ...alone, nodemon: true, pm2: 7 });
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatch(/^nodemon restarts .* HEAPDIFF_SIGNAL=SIGURG$/);
    expect(lines[1]).toMatch(/^pm2's daemon, pid 7, /);
  });
});

describe('messages', () => {
  it('end with the exact command, quoted for the shell', () => {
    const facts = { windowMs: 61_000, pauseMs: 250, ignored: 0 };
    expect(describeCaptured({ ...facts, folder: '/var/a-1-1' })).toMatch(/61\.0 s.* 250 ms.*: heapdiff \/var\/a-1-1$/);
    expect(describeCaptured({ ...facts, folder: "/x y/it's" })).toMatch(/heapdiff '\/x y\/it'\\''s'$/);
  });

  it('name what to type next, without a signal too', () => {
    const opened = { pauseMs: 1, ignored: 1 };
    expect(describeOpened({ ...opened, options: readOptions({}, {}) })).toMatch(
      new RegExp(`1 signal ignored meanwhile.*${killCommand('SIGUSR2')}$`),
    );
    expect(describeOpened({ ...opened, options: readOptions({ signal: 'none' }, {}) })).toMatch(/capture\(\)$/);
  });
});

describe('parseRollup', () => {
  it('sums private pages to USS, in bytes', () => {
    const text = 'Rss:   100 kB\nPss:   60 kB\nPss_Anon:  1 kB\nPrivate_Clean:  10 kB\nPrivate_Dirty:   20 kB\n';
    expect(parseRollup(text)).toEqual({ rss: 102_400, pss: 61_440, uss: 30_720 });
  });

  it('is null for a file of another kind', () => {
    expect(parseRollup('')).toBeNull();
  });
});

describe('UnitCounter', () => {
  it('adds up by name and ignores what is no positive number', () => {
    const units = new UnitCounter();
    for (const n of [2, Number.NaN, -1, 0, Number.POSITIVE_INFINITY, 'x' as unknown as number]) units.add('job', n);
    units.add('job');
    expect(units.read()).toEqual({ job: 3 });
  });

  it('does not grow with the names it is given', () => {
    const units = new UnitCounter();
    for (let i = 0; i < 5000; i += 1) units.add(`job-${i}`);
    expect(Object.keys(units.read())).toHaveLength(101);
    expect(units.read().other).toBe(4900);
    expect(units.total()).toBe(5000);
  });
});
