import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import zlib from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { HeapDiff } from '../../src/diff/types';
import { EXIT } from '../../src/errors';
import { MAIN, makeSession, runCli, type TestSession } from '../support/run-cli';

let session: TestSession;
beforeAll(() => {
  session = makeSession();
});
afterAll(() => session.remove());

const report = (...args: string[]): HeapDiff => {
  const { status, stdout, stderr } = runCli([...args, '--json']);
  expect({ status, stderr }).toEqual({ status: EXIT.done, stderr: '' });
  return JSON.parse(stdout);
};

describe('heapdiff <session-folder>', () => {
  it('prints the report to stdout alone, in lines that fit, without colour', () => {
    const { status, stdout, stderr } = runCli([session.folder]);
    expect({ status, stderr }).toEqual({ status: EXIT.done, stderr: '' });
    expect(stdout).toMatch(/^heapdiff {2}leaky · pid \d+ · worker 3 · Node v/);
    expect(stdout).toMatch(/5,000 requests/);
    expect(stdout).toMatch(/\+5,000 +5,500 +Session /);
    expect(stdout).toMatch(/Growth by allocation site/);
    expect(stdout).toMatch(/Memory ledger/);
    expect(stdout).not.toContain('\u001b');
    for (const line of stdout.split('\n')) expect([...line].length, line).toBeLessThanOrEqual(100);
  });

  it('says the same twice', () => {
    expect(runCli([session.folder]).stdout).toBe(runCli(['compare', session.folder]).stdout);
  });

  it('keeps to --width, --top, --filter and --sort', () => {
    const { stdout } = runCli([
      session.folder,
      '--width',
      '70',
      '--top',
      '2',
      '--filter',
      '/^session$/i',
      '--sort',
      'count',
    ]);
    for (const line of stdout.split('\n')) expect([...line].length, line).toBeLessThanOrEqual(70);
    const table = stdout.slice(stdout.indexOf('Δ retained'), stdout.indexOf('Δ retained goes'));
    expect(table).toMatch(/Session/);
    expect(table).not.toMatch(/Array/);
  });

  it('colours when told to', () => {
    expect(runCli([session.folder, '--color']).stdout).toContain('\u001b[');
    expect(runCli([session.folder], { env: { FORCE_COLOR: '1' } }).stdout).toContain('\u001b[');
    expect(runCli([session.folder], { env: { FORCE_COLOR: '1', NO_COLOR: '1' } }).stdout).not.toContain('\u001b[');
    expect(runCli([session.folder, '--no-color'], { env: { FORCE_COLOR: '1' } }).stdout).not.toContain('\u001b[');
  });

  it('prints Markdown', () => {
    expect(runCli([session.folder, '--markdown']).stdout).toMatch(/^## heapdiff: /);
  });
});

describe('--json (contract 2)', () => {
  it('has every member, with its type', () => {
    const diff = report(session.folder);
    const place = { file: expect.any(String), line: expect.any(Number), column: expect.any(Number) };
    const side = { file: expect.any(String), nodeVersion: process.version, nodes: expect.any(Number) };
    const totals = { edges: expect.any(Number), totalBytes: expect.any(Number) };
    expect(diff).toMatchObject({
      schema: 'heapdiff/report@1',
      ...{ before: { ...side, ...totals }, after: { ...side, ...totals } },
      identity: { comparable: true, agreement: expect.any(Number) },
      verdict: {
        kind: expect.stringMatching(/^(leak|growth|steady|off-heap)$/),
        confidence: expect.any(String),
        summary: expect.any(String),
      },
      growth: { totalBytes: expect.any(Number), perUnit: { unit: 'request', bytes: expect.any(Number) } },
      suspects: expect.any(Array),
      memory: {
        rssDelta: expect.any(Number),
        explained: {
          ...{ jsHeapLive: expect.any(Number), jsHeapFree: expect.any(Number), arrayBuffers: expect.any(Number) },
          ...{ external: expect.any(Number), native: expect.any(Number) },
        },
        unexplained: expect.any(Number),
      },
    });
    const grown = diff.constructors.find(({ name, countDelta }) => name === 'Session' && countDelta === 5000);
    expect(grown).toMatchObject({
      ...{ function: null, location: place, countBefore: 500, countAfter: 5500, addedCount: 5000, removedCount: 0 },
      ...{ shallowDelta: expect.any(Number), retainedBefore: expect.any(Number), retainedAfter: expect.any(Number) },
      retainedDelta: expect.any(Number),
    });
    const deltas = diff.constructors.map(({ retainedDelta }) => retainedDelta);
    expect(deltas).toEqual([...deltas].sort((a, b) => b - a));
    expect(diff.allocationSites[0]).toMatchObject({
      ...{ function: expect.any(String), ...place, stack: expect.any(Array), bytesDelta: expect.any(Number) },
      ...{ countDelta: expect.any(Number), source: 'sampled' },
    });
    for (const suspect of diff.suspects) {
      expect(suspect).toMatchObject({
        ...{ rank: expect.any(Number), growthBytes: expect.any(Number), growthShare: expect.any(Number) },
        ...{ growthCount: expect.any(Number), constructor: { name: expect.any(String) } },
        holder: {
          name: expect.any(String),
          label: expect.any(String),
          path: expect.any(Array),
          text: expect.any(String),
        },
        allocationSites: expect.any(Array),
      });
    }
  });

  it('is complete whatever tables are told to leave out', () => {
    expect(report(session.folder, '--top', '1', '--filter', 'nothing')).toEqual(report(session.folder));
  });
});

describe('heapdiff <before> <after>', () => {
  it('finds the sidecar beside the two files, and only beside these', () => {
    expect(report(session.before, session.after).window?.pid).toBeGreaterThan(0);
    expect(report(session.after, session.before).window).toBeNull();
    const elsewhere = path.join(session.root, 'elsewhere.heapsnapshot');
    fs.copyFileSync(session.after, elsewhere);
    const bare = report(session.before, elsewhere);
    expect([bare.window, bare.memory, bare.growth.perUnit, bare.allocationSites]).toEqual([null, null, null, []]);
  });

  it('leaves a damaged record aside and says so; the folder is an error', () => {
    const folder = path.join(session.root, 'damaged');
    fs.cpSync(session.folder, folder, { recursive: true });
    fs.writeFileSync(path.join(folder, 'record.json'), '{"schema":');
    const diff = report(path.join(folder, 'a.heapsnapshot'), path.join(folder, 'b.heapsnapshot'));
    expect(diff.window).toBeNull();
    expect(diff.notes.join()).toMatch(/record\.json is not a valid session record.*left aside/);
    const { status, stderr } = runCli([folder]);
    expect(status).toBe(EXIT.badInput);
    expect(stderr).toMatch(/^heapdiff: .*record\.json is not a valid session record: it is not JSON\.\n.+\n$/);
  });

  it('reads compressed files', () => {
    const packed = path.join(session.root, 'packed');
    fs.cpSync(session.folder, packed, { recursive: true });
    const file = path.join(packed, 'b.heapsnapshot');
    fs.writeFileSync(`${file}.gz`, zlib.gzipSync(fs.readFileSync(file), { level: 1 }));
    fs.rmSync(file);
    expect(report(packed).constructors).toEqual(report(session.folder).constructors);
  });

  it('reads standard input, plain and compressed', () => {
    const bytes = fs.readFileSync(session.after);
    const expected = report(session.before, session.after).after.nodes;
    for (const input of [bytes, zlib.gzipSync(bytes, { level: 1 })]) {
      const { status, stdout, stderr } = runCli([session.before, '-', '--json'], { input });
      expect({ status, stderr }).toEqual({ status: EXIT.done, stderr: '' });
      expect(JSON.parse(stdout).after.nodes).toBe(expected);
    }
  });
});

describe('as a process', () => {
  it('ends quietly when its reader goes away', () => {
    const script = `"${process.execPath}" "${MAIN}" "${session.folder}" --json | head -c 10; echo " \${PIPESTATUS[0]}"`;
    const { stdout, stderr } = spawnSync('bash', ['-c', script], { encoding: 'utf8' });
    expect({ stdout, stderr }).toEqual({ stdout: '{\n  "schem 0\n', stderr: '' });
  });

  it.each([
    ['WebAssembly', `"${process.execPath}" --jitless`],
    ['gigabytes of address space', `ulimit -v 4000000; "${process.execPath}"`],
  ])('needs no %s', (_, node) => {
    const script = `${node} "${MAIN}" "${session.folder}"`;
    expect(spawnSync('bash', ['-c', script], { encoding: 'utf8' }).stdout).toBe(runCli([session.folder]).stdout);
  });

  it('an interrupt ends it with 130 and not a word', async () => {
    // Standard input that never ends: it waits until it is interrupted.
    const child = spawn(process.execPath, [MAIN, '-', session.after], { stdio: ['pipe', 'pipe', 'pipe'] });
    let said = '';
    child.stdout.on('data', (data) => (said += data));
    child.stderr.on('data', (data) => (said += data));
    // More than a pipe holds: once all of it is written, the command is reading.
    await new Promise((resolve) => child.stdin.write(' '.repeat(1 << 20), resolve));
    child.kill('SIGINT');
    const status = await new Promise((resolve) => child.on('exit', resolve));
    expect({ status, said }).toEqual({ status: EXIT.interrupted, said: '' });
  });
});
