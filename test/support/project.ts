/**
 * A temporary project that has heapdiff in its node_modules, as an application has it.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

export const REPOSITORY = path.resolve(__dirname, '../..');

export interface TestProject {
  /** Where the application lives and is started. */
  readonly root: string;
  /** Where sessions are to be written; does not exist yet. */
  readonly dir: string;
  /** Writes a file of the application; returns its absolute path. */
  readonly write: (name: string, text: string) => string;
  readonly remove: () => void;
}

export function createProject(): TestProject {
  const root = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'heapdiff-test-')));
  fs.mkdirSync(path.join(root, 'node_modules'));
  fs.symlinkSync(REPOSITORY, path.join(root, 'node_modules', 'heapdiff'));
  fs.writeFileSync(path.join(root, 'package.json'), '{"name":"app"}');
  return {
    root,
    dir: path.join(root, 'sessions'),
    write: (name, text) => {
      const file = path.join(root, name);
      fs.writeFileSync(file, text);
      return file;
    },
    remove: () => fs.rmSync(root, { recursive: true, force: true }),
  };
}

/** The session folders in `dir`, by name; empty when there is no `dir`. */
export function listSessions(dir: string): string[] {
  if (!fs.existsSync(dir)) return [];
  const names = fs.readdirSync(dir).filter((name) => !name.startsWith('.'));
  return names.sort().map((name) => path.join(dir, name));
}

/** The permission bits of a file, octal: '600'. */
export function readMode(file: string): string {
  return (fs.statSync(file).mode & 0o777).toString(8);
}
