/**
 * What agents have left behind that died before they could clean up: killed, out of memory, or with their container.
 * Removed is only what an agent has entered as its own; a complete session never.
 */
import fs from 'node:fs/promises';
import path from 'node:path';
import { AGENTS_FOLDER } from '../presence';
import { SESSION_FILES } from '../session';
import { PARTIAL } from './directory';
import { describeSelf, isGone, isSameProcess, readOwner, SILENCE_MS } from './owner';
import { OPEN_ENTRY } from './session-folder';

/** `endedThread`: one of this process that is known to have ended. Never rejects: the next agent tries again. */
export async function removeLeftOvers(dir: string, endedThread: number | null = null): Promise<void> {
  const agents = path.join(dir, AGENTS_FOLDER);
  for (const name of await fs.readdir(agents).catch(() => [])) {
    const file = path.join(agents, name);
    if (!(await isLeftOver(file, endedThread))) continue;
    if (name.endsWith(OPEN_ENTRY)) await cleanFolder(path.join(dir, path.basename(name, OPEN_ENTRY))).catch(() => {});
    await fs.rm(file, { force: true }).catch(() => {});
  }
}

/** Whether the agent that wrote the file has ended. Another file that names no owner is nothing of ours. */
async function isLeftOver(file: string, endedThread: number | null): Promise<boolean> {
  const owner = readOwner(file);
  const stats = await fs.lstat(file).catch(() => null);
  if (!stats?.isFile()) return false;
  // Cut off while it was written: whoever wrote it has had the time to do so.
  if (!owner) return file.endsWith(PARTIAL) && Date.now() - stats.mtimeMs > SILENCE_MS;
  if (owner.thread === endedThread && isSameProcess(owner, describeSelf())) return true;
  // Signs of life are given at entries only: an agent with nothing to do is silent.
  return isGone(owner, file.endsWith(OPEN_ENTRY) ? stats.mtimeMs : Number.POSITIVE_INFINITY);
}

/** Of a complete session only what never got its name goes. */
async function cleanFolder(folder: string): Promise<void> {
  const names = await fs.readdir(folder);
  if (!names.includes(SESSION_FILES.record)) {
    await fs.rm(folder, { recursive: true, force: true });
    return;
  }
  for (const name of names) if (name.endsWith(PARTIAL)) await fs.rm(path.join(folder, name), { force: true });
}
