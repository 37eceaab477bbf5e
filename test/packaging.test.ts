/** What `npm pack` makes, installed into an empty project, as its users get it. */
import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROOT } from './support/run-cli';

const PACKAGE = JSON.parse(fs.readFileSync(path.join(ROOT, 'package.json'), 'utf8'));

let project: string;
let packed: { filename: string; size: number; files: readonly { path: string }[] };

beforeAll(() => {
  project = fs.mkdtempSync(path.join(os.tmpdir(), 'heapdiff-pack-'));
  // Without scripts: `prepare` would build dist anew under the tests that run beside this one.
  const pack = ['pack', '--json', '--ignore-scripts', '--pack-destination', project];
  packed = JSON.parse(
    execFileSync('npm', pack, { cwd: ROOT, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }),
  )[0];
  fs.writeFileSync(path.join(project, 'package.json'), '{"private": true}');
  const install = ['install', '--prefer-offline', '--ignore-scripts', '--no-audit', '--no-fund', packed.filename];
  execFileSync('npm', install, { cwd: project, stdio: 'ignore' });
});
afterAll(() => fs.rmSync(project, { recursive: true, force: true }));

/** Runs a script inside the project; what it printed. */
function runScript(name: string, source: string, flags: readonly string[] = []): string {
  fs.writeFileSync(path.join(project, name), source);
  const env = { ...process.env, HEAPDIFF_DIR: path.join(project, 'sessions'), HEAPDIFF_QUIET: '1' };
  return execFileSync(process.execPath, [...flags, name], { cwd: project, env, encoding: 'utf8' });
}

describe('the tarball', () => {
  it('holds what is needed and nothing else', () => {
    const names = packed.files.map((file) => file.path);
    const expected =
      /^(package\.json|README\.md|LICENSE|CHANGELOG\.md|dist\/[a-z0-9/-]+\.(js|d\.ts|wasm)|dist\/cli\/[\w-]+\.js)$/;
    expect(names.filter((name) => !expected.test(name))).toEqual([]);
    for (const name of ['package.json', 'README.md', 'LICENSE', 'CHANGELOG.md']) expect(names).toContain(name);
    for (const target of exportTargets()) expect(names).toContain(target);
    expect(packed.size).toBeLessThan(500_000);
  });

  it('has nothing left from files that src no longer has', () => {
    const sources = packed.files
      .map((file) => /^dist\/(?!cli\/)(.+)\.js$/.exec(file.path)?.[1]) // the command's are bundled
      .filter((name) => name !== undefined);
    expect(sources.filter((name) => !fs.existsSync(path.join(ROOT, 'src', `${name}.ts`)))).toEqual([]);
  });
});

describe('an empty project that installs it', () => {
  it('runs npx heapdiff', () => {
    const { status, stdout } = spawnSync('npx', ['--no', '--', 'heapdiff', '--version'], {
      cwd: project,
      encoding: 'utf8',
    });
    expect({ status, stdout }).toEqual({ status: 0, stdout: `${PACKAGE.version}\n` });
  });

  it('requires the library and the agent', () => {
    const source = `
      const { openHeap, diffSnapshots, renderText, readSession, HeapdiffError } = require('heapdiff');
      const { install } = require('heapdiff/agent');
      const handle = install();
      console.log([openHeap, diffSnapshots, renderText, readSession, HeapdiffError, install].map((x) => typeof x).join());
      console.log(handle.status().state);
      handle.uninstall();`;
    expect(runScript('a.cjs', source)).toBe('function,function,function,function,function,function\nidle\n');
  });

  it('imports them by name from ES modules', () => {
    const source = `
      import { diffSnapshots, openHeap, renderText } from 'heapdiff';
      import { install } from 'heapdiff/agent';
      console.log([diffSnapshots, openHeap, renderText, install].map((x) => typeof x).join());`;
    expect(runScript('b.mjs', source)).toBe('function,function,function,function\n');
  });

  it.each(['--require', '--import'])('preloads the agent with %s heapdiff/register', (flag) => {
    const source = `console.log(process.listenerCount('SIGUSR2')); process.exit()`;
    expect(runScript('c.cjs', source, [flag, 'heapdiff/register'])).toBe('1\n');
  });

  it('lets TypeScript see the types of every entry', () => {
    const source = `
      import { diffSnapshots, type HeapDiff, renderText } from 'heapdiff';
      import { type AgentHandle, install } from 'heapdiff/agent';
      import 'heapdiff/register';
      export const handle: AgentHandle = install({ app: 'shop' });
      export async function compare(before: string, after: string): Promise<string> {
        const diff: HeapDiff = await diffSnapshots({ before, after, profile: null, record: null });
        return renderText(diff, { width: 80 });
      }`;
    fs.writeFileSync(path.join(project, 'd.ts'), source);
    const types = ['--types', 'node', '--typeRoots', path.join(ROOT, 'node_modules/@types')];
    const options = ['--noEmit', '--strict', '--target', 'es2022', '--module', 'nodenext', '--skipLibCheck', ...types];
    const tsc = path.join(ROOT, 'node_modules/.bin/tsc');
    const { stdout } = spawnSync(tsc, [...options, 'd.ts'], { cwd: project, encoding: 'utf8' });
    expect(stdout).toBe('');
  });

  it('keeps everything else private', () => {
    const source = `try { require('heapdiff/dist/heap/graph.js') } catch (error) { console.log(error.code) }`;
    expect(runScript('e.cjs', source)).toBe('ERR_PACKAGE_PATH_NOT_EXPORTED\n');
  });
});

/** Files that package.json points at. */
function exportTargets(): string[] {
  const entries: (string | Record<string, string>)[] = Object.values(PACKAGE.exports);
  const targets = entries.flatMap((entry) => (typeof entry === 'string' ? [entry] : Object.values(entry)));
  return [...targets, PACKAGE.main, PACKAGE.types, ...Object.values<string>(PACKAGE.bin)].map((target) =>
    target.replace(/^\.\//, ''),
  );
}
