/** The built command line as a real process, and a real session for it to read. */
import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

export const ROOT = path.join(__dirname, '../..');
export const MAIN = path.join(ROOT, 'dist/cli/main.js');

export interface CliResult {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CliOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: Buffer;
}

/** Runs `heapdiff`; nothing of the surrounding environment decides about colour or folders. */
export function runCli(args: readonly string[], options: CliOptions = {}): CliResult {
  const { NO_COLOR, FORCE_COLOR, HEAPDIFF_DIR, ...env } = process.env;
  const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN, ...args], {
    cwd: options.cwd ?? ROOT,
    env: { ...env, ...options.env },
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    timeout: 50_000, // below vitest's own: a command that hangs is killed, status null
    ...(options.input ? { input: options.input } : {}),
  });
  return { status, stdout, stderr };
}

export interface TestSession {
  readonly root: string;
  /** The session folder. */
  readonly folder: string;
  readonly before: string;
  readonly after: string;
  readonly remove: () => void;
}

/** A session of `leaky-program.js`: 5,000 Session objects more in a Map. */
export function makeSession(): TestSession {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), 'heapdiff-cli-'));
  const folder = path.join(root, 'leaky-1-1');
  execFileSync(process.execPath, ['--expose-gc', path.join(__dirname, 'leaky-program.js'), folder]);
  return {
    ...{ root, folder },
    before: path.join(folder, 'a.heapsnapshot'),
    after: path.join(folder, 'b.heapsnapshot'),
    remove: () => fs.rmSync(root, { recursive: true, force: true }),
  };
}
