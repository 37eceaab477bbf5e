/**
 * The folders that the agent writes into without having made them just now: only those that nobody else could have
 * planted there. In a world-writable parent such as /tmp anyone may make them first, or a link in their place.
 */
import fs from 'node:fs';
import path from 'node:path';
import { AGENTS_FOLDER } from '../presence';
import { toDirectoryError } from './capture-error';

/** Ends the name of a file that is still being written. */
export const PARTIAL = '.partial';

/**
 * Makes `dir` and the agents' own folder in it where they are missing; readable by the owner only.
 * Throws DIRECTORY_UNUSABLE or NOT_PERMITTED.
 */
export function prepareDirectory(dir: string): void {
  try {
    ensureFolder(dir);
    ensureFolder(path.join(dir, AGENTS_FOLDER));
  } catch (cause) {
    throw toDirectoryError(dir, cause);
  }
}

function ensureFolder(folder: string): void {
  if (fs.lstatSync(folder, { throwIfNoEntry: false }) === undefined) makeFolders(folder);
  assertTrusted(folder, fs.lstatSync(folder));
}

/** Like `recursive: true`, which says ENOENT of a read-only file system. */
function makeFolders(folder: string): void {
  try {
    fs.mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') return;
    if (code !== 'ENOENT' || path.dirname(folder) === folder) throw error;
    makeFolders(path.dirname(folder));
    makeFolders(folder);
  }
}

function assertTrusted(folder: string, stats: fs.Stats): void {
  if (stats.isSymbolicLink()) throw new Error(`${folder} is a symbolic link; name the folder it leads to`);
  if (!stats.isDirectory()) throw new Error(`${folder} is not a folder`);
  // Undefined on Windows, which has no such owners.
  const self = process.geteuid?.();
  if (self !== undefined && stats.uid !== self && stats.uid !== 0) {
    throw new Error(`${folder} belongs to user ${stats.uid}, who could replace what is written there`);
  }
}

/** Throws when a session's folder is not the one any more that this process made: somebody has put something in its place. */
export function assertOwnFolder(folder: string): void {
  const stats = fs.lstatSync(folder);
  const self = process.geteuid?.();
  if (stats.isDirectory() && (self === undefined || stats.uid === self)) return;
  throw new Error(`${folder} has been replaced by something else`);
}
