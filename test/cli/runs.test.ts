/** `heapdiff runs` and `heapdiff table` as a person types them, on real sessions. */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunsReport } from '../../src/diff/runs/run-types';
import { EXIT } from '../../src/errors';
import type { SessionRecord } from '../../src/session';
import { ROOT, runCli } from '../support/run-cli';
import { makeRecord } from '../support/sample-record';

const PROGRAM = path.join(ROOT, 'test/support/leaky-program.js');

let root: string;
/** Two full sessions of the same leak. */
let full: string;
/** Three records of recycled workers, one of them damaged, and a session that was not finished. */
let light: string;

beforeAll(() => {
  root = fs.mkdtempSync(path.join(os.tmpdir(), 'heapdiff-runs-cli-'));
  full = path.join(root, 'full');
  for (const name of ['leaky-1-1', 'leaky-2-1']) {
    execFileSync(process.execPath, ['--expose-gc', PROGRAM, path.join(full, name)]);
  }
  light = path.join(root, 'light');
  for (const pid of [1, 2]) writeRecord(`shop-${pid}-1`, pid);
  writeRecord('shop-3-1', 3, 'not JSON');
  fs.mkdirSync(path.join(light, 'shop-4-1'));
});
afterAll(() => fs.rmSync(root, { recursive: true, force: true }));

function writeRecord(name: string, pid: number, text?: string): void {
  const more: Partial<SessionRecord> = {
    pid,
    captureMode: 'profile',
    runMode: { kind: 'preload', detectedBy: 'test' },
  };
  const record = makeRecord({}, { units: { request: 5000 }, wallClock: 1_700_000_000_000 + pid * 60_000 }, more);
  fs.mkdirSync(path.join(light, name), { recursive: true });
  fs.writeFileSync(path.join(light, name, 'record.json'), text ?? JSON.stringify(record));
}

function readReport(...args: string[]): RunsReport {
  const { status, stdout, stderr } = runCli(['runs', ...args, '--json']);
  expect([status, stderr]).toEqual([EXIT.done, '']);
  return JSON.parse(stdout) as RunsReport;
}

describe('heapdiff runs', () => {
  it('names the constructor that both workers leak, under its place', () => {
    const report = readReport(`leaky=${full}`);
    expect(report).toMatchObject({ schema: 'heapdiff/runs@1', unit: 'request', comparisons: [] });
    expect(report.runs).toMatchObject([{ label: 'leaky', runModes: ['non-preload'], verdict: { kind: 'leak' } }]);
    const session = report.constructors.find(({ name }) => name === 'Session')!;
    expect(session.location).toMatchObject({ line: 10 });
    // 5,000 Sessions in 5,000 requests, in both.
    expect(session.count).toEqual([{ median: 1000, min: 1000, max: 1000, count: 2 }]);
    expect(session.retained[0]!.median).toBeGreaterThan(100_000);
    const [start] = report.startingHeap.filter(({ name }) => name === 'Session');
    expect(start!.count).toEqual([{ median: 500, min: 500, max: 500, count: 2 }]);
    expect(report.allocationSites.map((site) => site.function)).toContain('Session');
  });

  it('finds the same in the bare snapshots, per window', () => {
    // Under other names: no record belongs to them.
    const files = ['leaky-1-1/a', 'leaky-1-1/b', 'leaky-2-1/a', 'leaky-2-1/b'].map((name, at) => {
      const copy = path.join(root, `${at}.heapsnapshot`);
      fs.copyFileSync(path.join(full, `${name}.heapsnapshot`), copy);
      return copy;
    });
    const report = readReport(`one=${files.slice(0, 2).join(',')}`, `other=${files.slice(2).join(',')}`);
    expect(report.unit).toBeNull();
    expect(report.comparisons).toMatchObject([{ different: false, growth: { noise: null } }]);
    const session = report.constructors.find(({ name }) => name === 'Session')!;
    expect(session.count.map((figure) => figure?.median)).toEqual([5000, 5000]);
  });

  it('prints tables that fit the screen', () => {
    for (const width of [80, 100]) {
      const { stdout } = runCli(['runs', `a=${full}/leaky-1-1`, `b=${full}/leaky-2-1`, '--width', String(width)]);
      expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(width);
      expect(stdout).toMatch(/^SAME {6}No difference beyond noise between a and b\./m);
      expect(stdout).toMatch(/^ +a +b +difference +constructor +defined at$/m);
      expect(stdout).toMatch(/^\+\S+ kB +\+\S+ kB .* Session +\S*leaky-program\.js:10:14$/m);
    }
    const { stdout } = runCli(['runs', full, '--markdown']);
    expect(stdout).toMatch(/^\| ---: \| --- \| --- \|$/m);
    expect(stdout).toContain('| `Session` |');
  });

  it('lists recycled workers in order of time, and says what was passed over', () => {
    const { stdout, status } = runCli(['runs', light]);
    expect(status).toBe(EXIT.done);
    expect(stdout).toContain('heapdiff runs  preload (2 workers) · growth per 1,000 requests');
    expect(stdout).toMatch(/^pid 1 +\+0 ms +5,000 .*\npid 2 +\+1 min 00 s +5,000 /m);
    expect(stdout).toContain('Passed over, having no record.json: shop-4-1.');
    expect(stdout.replace(/\s+/g, ' ')).toContain('shop-3-1/record.json is not a valid session record');
  });

  it('makes one run of each mode that a folder holds', () => {
    const mixed = path.join(root, 'mixed');
    fs.cpSync(path.join(light, 'shop-1-1'), path.join(mixed, 'shop-1-1'), { recursive: true });
    fs.cpSync(path.join(full, 'leaky-1-1'), path.join(mixed, 'leaky-1-1'), { recursive: true });
    expect(readReport(mixed).runs.map(({ label }) => label)).toEqual(['non-preload', 'preload']);
    const twice = readReport(light, full, mixed).runs.map(({ label }) => label);
    expect(twice).toEqual(['light', 'full', 'mixed non-preload', 'mixed preload']);
  });

  it.each([
    [['runs'], EXIT.usage, 'no run to look at'],
    [['runs', 'a=/nowhere'], EXIT.badInput, '/nowhere does not exist'],
    [['runs', 'package.json'], EXIT.usage, '1 snapshot of one run, but each worker needs two'],
    [['runs', 'a=package.json,package.json'], EXIT.badInput, 'not a V8 heap snapshot'],
    [['runs', 'src'], EXIT.badInput, 'src is not a heapdiff session folder'],
    [['table'], EXIT.usage, 'no variant to look at'],
  ])('%j ends with what to do', (args, exit, text) => {
    const { status, stderr } = runCli(args);
    expect(stderr).toContain(text);
    expect([status, stderr.trimEnd().split('\n').length]).toEqual([exit, 2]);
  });

  it('wants one name per run, one format', () => {
    expect(runCli(['runs', `a=${full}`, `a=${light}`]).stderr).toContain('two runs are called a.');
    expect(runCli(['runs', full, '--json', '--markdown'])).toMatchObject({ status: EXIT.usage });
  });
});

describe('heapdiff table', () => {
  it('has a row and a sentence for each variant', () => {
    const args = ['table', `broken=${full}/leaky-1-1`, `fixed=${light}/shop-1-1`];
    const { stdout, status } = runCli([...args, '--width', '80']);
    expect(status).toBe(EXIT.done);
    expect(stdout).toMatch(/^broken +5,000 requests .* \+\S+ kB +leak$/m);
    expect(stdout).toMatch(/^fixed +5,000 requests +80\.0 → 80\.0 MB .* steady$/m);
    expect(stdout.replace(/\s+/g, ' ')).toContain('broken leak 5,500 Session pile up in `sessions` (Map)');
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
    expect(runCli([...args, '--markdown']).stdout).toMatch(/^\| broken \| 5,000 requests \| .* \| `leak` \|$/m);
    const report = JSON.parse(runCli([...args, '--json']).stdout);
    expect(report).toMatchObject({ schema: 'heapdiff/table@1', variants: [{ verdict: { kind: 'leak' } }, {}] });
  });

  it('wants one session each', () => {
    const { status, stderr } = runCli(['table', `a=${full}`]);
    expect(status).toBe(EXIT.usage);
    expect(stderr).toContain('holds 2 sessions, but a variant is one.');
  });
});
