/** What the fault suite needs around it: privileges, small disks, and a judge of what is left in a directory. */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { expect } from 'vitest';
import { AGENTS_FOLDER } from '../../src/presence';
import { readRecord, SESSION_FILES, type SessionRecord } from '../../src/session';
import { listSessions } from '../support/project';

export const isRoot = process.getuid?.() === 0;

/** Whether file systems can be mounted: root alone is not enough in a container. */
export const canMount = isRoot && tryMount();

function tryMount(): boolean {
  const folder = fs.mkdtempSync('/tmp/heapdiff-mount-');
  try {
    mountSmallDisk(folder, 64);
    unmount(folder);
    return true;
  } catch {
    return false;
  } finally {
    fs.rmdirSync(folder);
  }
}

/** A file system of so many kibibytes, in memory. */
export function mountSmallDisk(folder: string, kibibytes: number): void {
  fs.mkdirSync(folder, { recursive: true });
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${kibibytes}k`, 'tmpfs', folder], { stdio: 'pipe' });
}

export function remountReadOnly(folder: string): void {
  execFileSync('mount', ['-o', 'remount,ro', folder], { stdio: 'pipe' });
}

export function unmount(folder: string): void {
  execFileSync('umount', ['--lazy', folder], { stdio: 'pipe' });
}

export interface LeftBehind {
  readonly complete: SessionRecord[];
  readonly interrupted: SessionRecord[];
  /** Folders without a record. */
  readonly unfinished: string[];
  /** Names that end in .partial, and entries of the agents' own folder, below the directory. */
  readonly traces: string[];
}

/** Everything in a directory of sessions. Fails when a file with a final name is not whole. */
export function inspectDirectory(dir: string): LeftBehind {
  const left: LeftBehind = { complete: [], interrupted: [], unfinished: [], traces: [] };
  for (const folder of listSessions(dir)) {
    const names = fs.readdirSync(folder);
    for (const name of names) {
      if (name.endsWith('.partial')) left.traces.push(path.join(path.basename(folder), name));
      else expectWhole(path.join(folder, name));
    }
    if (!names.includes(SESSION_FILES.record)) {
      left.unfinished.push(folder);
      continue;
    }
    const record = readRecord(path.join(folder, SESSION_FILES.record));
    const expected = [SESSION_FILES.before, SESSION_FILES.after, SESSION_FILES.profile].filter(
      (name) => !record.skipped.some(({ what }) => what === name),
    );
    for (const name of expected) expect(names, `${folder} lacks ${name}`).toContain(name);
    (record.interrupted === undefined ? left.complete : left.interrupted).push(record);
  }
  const agents = path.join(dir, AGENTS_FOLDER);
  const notes = fs.existsSync(agents) ? fs.readdirSync(agents) : [];
  left.traces.push(...notes.filter((name) => !/^\d+\.json$/.test(name)).map((name) => path.join(AGENTS_FOLDER, name)));
  return left;
}

/** Every file of a session is one JSON value: it is whole when that parses. */
function expectWhole(file: string): void {
  expect(() => JSON.parse(fs.readFileSync(file, 'utf8')), file).not.toThrow();
}

/** Resolves when the condition holds; it is looked at whenever something directly in the folder changes. */
export function until(folder: string, condition: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    const watcher = fs.watch(folder, look);
    function look(): void {
      if (!condition()) return;
      watcher.close();
      resolve();
    }
    look();
  });
}
