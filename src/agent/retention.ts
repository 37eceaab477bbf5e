/**
 * Keeps the directory from filling up: when there are more sessions of an application than it may keep, the oldest go.
 */
import fs from 'node:fs/promises';
import path from 'node:path';
import { SESSION_FILES } from '../session';
import { isOpen } from './session-folder';

export interface Retention {
  /** Sessions per application; 0: all. */
  readonly keep: number;
  /** Bytes of an application's sessions; 0: no limit. */
  readonly maxBytes: number;
}

interface StoredSession {
  readonly folder: string;
  /** Milliseconds since the epoch: when the record was written. */
  readonly completed: number;
  /** Bytes. */
  readonly size: number;
}

/**
 * Removes complete sessions of `app`, oldest first, until both limits hold. Never the newest, nor one that is still being
 * compressed, nor anything that is not a session. Never rejects. Resolves to the folders removed.
 */
export async function applyRetention(dir: string, app: string, { keep, maxBytes }: Retention): Promise<string[]> {
  if (keep === 0 && maxBytes === 0) return [];
  const sessions = (await listStored(dir, app)).sort((one, other) => other.completed - one.completed);
  const removed: string[] = [];
  let bytes = 0;
  for (const [nth, { folder, size }] of sessions.entries()) {
    bytes += size;
    const surplus = (keep > 0 && nth >= keep) || (maxBytes > 0 && bytes > maxBytes);
    if (nth === 0 || !surplus || isOpen(folder)) continue;
    if (await removeSession(folder)) removed.push(folder);
  }
  return removed;
}

async function listStored(dir: string, app: string): Promise<StoredSession[]> {
  const entries = await fs.readdir(dir, { withFileTypes: true }).catch(() => []);
  // A link is no directory here: what it leads to is not ours to remove.
  const names = entries.filter((entry) => entry.isDirectory() && readApp(entry.name) === app).map(({ name }) => name);
  const stored = await Promise.all(names.map((name) => readStored(path.join(dir, name)).catch(() => null)));
  return stored.filter((session) => session !== null);
}

/** `<app>-<pid>-<n>` -> app; null for another name. */
function readApp(name: string): string | null {
  return /^(.+)-\d+-\d+$/.exec(name)?.[1] ?? null;
}

/** Rejects for a folder without a record. */
async function readStored(folder: string): Promise<StoredSession> {
  const { mtimeMs } = await fs.lstat(path.join(folder, SESSION_FILES.record));
  const names = await fs.readdir(folder);
  const sizes = await Promise.all(names.map(async (name) => (await fs.lstat(path.join(folder, name))).size));
  return { folder, completed: mtimeMs, size: sizes.reduce((sum, size) => sum + size, 0) };
}

/** The record first: a session that has one is whole. */
async function removeSession(folder: string): Promise<boolean> {
  try {
    await fs.rm(path.join(folder, SESSION_FILES.record));
    await fs.rm(folder, { recursive: true });
    return true;
  } catch {
    // Another user's, or another process was faster.
    return false;
  }
}
