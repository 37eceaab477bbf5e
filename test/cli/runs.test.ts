/** `heapdiff runs` and `heapdiff table` as a person types them, on real sessions. */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunsReport } from '../../src/diff/runs/run-types';
import type { VariantsReport } from '../../src/diff/variants/variant-types';
import { EXIT } from '../../src/errors';
import { renderRuns } from '../../src/report/render-runs';
import { renderRunsMarkdown } from '../../src/report/render-runs-markdown';
import { renderVariants, renderVariantsMarkdown } from '../../src/report/render-variants';
import type { SessionRecord } from '../../src/session';
import { ROOT, runCli } from '../support/run-cli';
import { makeRecord } from '../support/sample-record';

const PROGRAM = path.join(ROOT, 'test/support/leaky-program.js');

let root: string;
/** Two full sessions of the same leak. */
let full: string;
/** Records of recycled workers, one of them damaged, and a session that was not finished. */
let light: string;

beforeAll(() => {
  root = fs.mkdtempSync(path.join(os.tmpdir(), 'heapdiff-runs-cli-'));
  full = path.join(root, 'full');
  for (const name of ['leaky-1-1', 'leaky-2-1']) {
    execFileSync(process.execPath, ['--expose-gc', PROGRAM, path.join(full, name)]);
  }
  light = path.join(root, 'light');
  for (const pid of [1, 2]) writeRecord(light, pid);
  writeRecord(light, 3, {}, 'not JSON');
  fs.mkdirSync(path.join(light, 'shop-4-1'));
});
afterAll(() => fs.rmSync(root, { recursive: true, force: true }));

function writeRecord(dir: string, pid: number, more: Partial<SessionRecord> = {}, text?: string): void {
  const record = makeRecord(
    {},
    { units: { request: 5000 }, wallClock: 1_700_000_000_000 + pid * 60_000 },
    { pid, captureMode: 'profile', runMode: { kind: 'preload', detectedBy: 'test' }, ...more },
  );
  const folder = path.join(dir, `shop-${pid}-1`);
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(path.join(folder, 'record.json'), text ?? JSON.stringify(record));
}

function readReport(...args: string[]): RunsReport {
  const { status, stdout, stderr } = runCli(['runs', ...args, '--json']);
  expect([status, stderr]).toEqual([EXIT.done, '']);
  return JSON.parse(stdout) as RunsReport;
}

const widest = (text: string) => Math.max(...text.split('\n').map((line) => line.length));

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

  it('finds the same in bare snapshots, per window, and fits any screen', () => {
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
    for (const width of [60, 80, 100]) {
      const text = renderRuns(report, { width });
      expect(widest(text)).toBeLessThanOrEqual(width);
      expect(text).toMatch(/^SAME {6}No difference beyond noise between one and other\./m);
      expect(text).toMatch(/^ +one +other +difference +constructor +defined at$/m);
      expect(text).toMatch(/^ *\+\S+ MB +\+\S+ MB .* Session +\S*\.js:10:14$/m);
    }
    const markdown = renderRunsMarkdown(report);
    expect(markdown).toMatch(/^\| ---: \| ---: \| ---: \| --- \| --- \|$/m);
    expect(markdown).toContain('| `Session` |');
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
    writeRecord(mixed, 1, { runMode: { kind: 'non-preload', detectedBy: 'test', compileCache: '/tmp/cache' } });
    writeRecord(mixed, 2);
    const labels = (...args: string[]) =>
      (JSON.parse(runCli(['runs', ...args, '--json']).stdout) as RunsReport).runs.map(({ label }) => label);
    expect(labels(mixed)).toEqual(['non-preload + compile cache', 'preload']);
    expect(labels(light, mixed)).toEqual(['light', 'non-preload + compile cache', 'mixed preload']);
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
    expect(runCli(['runs', light, '--json', '--markdown'])).toMatchObject({ status: EXIT.usage });
  });
});

describe('heapdiff table', () => {
  it('has a row and a sentence for each variant', () => {
    const { stdout, status } = runCli(['table', `broken=${full}/leaky-1-1`, `fixed=${light}/shop-1-1`, '--json']);
    expect(status).toBe(EXIT.done);
    const report = JSON.parse(stdout) as VariantsReport;
    expect(report).toMatchObject({ schema: 'heapdiff/table@1', variants: [{ verdict: { kind: 'leak' } }, {}] });
    const text = renderVariants(report, { width: 80 });
    expect(text).toMatch(/^broken +5,000 requests .* \+\S+ kB +leak$/m);
    expect(text).toMatch(/^fixed +5,000 requests +80\.0 → 80\.0 MB .* steady$/m);
    expect(text.replace(/\s+/g, ' ')).toContain('broken leak 5,000 Session pile up in `sessions` (Map)');
    expect(widest(text)).toBeLessThanOrEqual(80);
    expect(renderVariantsMarkdown(report)).toMatch(/^\| broken \| 5,000 requests \| .* \| `leak` \|$/m);
  });

  it('prints text, or Markdown', () => {
    const args = ['table', `fixed=${light}/shop-1-1`];
    expect(runCli(args).stdout).toMatch(/^Variants\n\nvariant +work +RSS/);
    expect(runCli([...args, '--markdown']).stdout).toMatch(/^### Variants\n\n\| variant \| work \|/);
  });

  it('wants one session each', () => {
    const { status, stderr } = runCli(['table', `a=${full}`]);
    expect(status).toBe(EXIT.usage);
    expect(stderr).toContain('holds 2 sessions, but a variant is one.');
  });
});
