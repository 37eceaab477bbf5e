/**
 * Where a session is written: one new folder, and beside it, in the agents' own folder, an entry that says which process
 * is writing there. The entry goes when the session is complete; one whose process has died tells what to remove.
 */
import fs from 'node:fs';
import path from 'node:path';
import { AGENTS_FOLDER } from '../presence';
import { toDirectoryError } from './capture-error';
import { prepareDirectory } from './directory';
import { describeSelf } from './owner';

/** Ends the name of an entry; before it stands the name of the session folder. */
export const OPEN_ENTRY = '.open';

/**
 * Creates `<dir>/<app>-<pid>-<n>` with the first free n from `first` on; readable by the owner only.
 * Throws DIRECTORY_UNUSABLE or NOT_PERMITTED.
 */
export function createSessionFolder(dir: string, app: string, first: number): string {
  prepareDirectory(dir);
  try {
    for (let n = first; ; n += 1) {
      const folder = path.join(dir, `${app}-${process.pid}-${n}`);
      if (!createNew(() => writeEntry(entryOf(folder)))) continue;
      // A folder that is ours from its first moment cannot hold a planted link.
      if (createNew(() => fs.mkdirSync(folder, { mode: 0o700 }))) return folder;
      settleFolder(folder);
    }
  } catch (cause) {
    throw toDirectoryError(dir, cause);
  }
}

/** The session is complete: nobody writes to it any more. Never throws. */
export function settleFolder(folder: string): void {
  try {
    fs.unlinkSync(entryOf(folder));
  } catch {
    // With the entry only a note is lost or left, and a folder that holds a record is never removed for it.
  }
}

/** Removes a session that will never be complete. Never throws. */
export async function discardFolder(folder: string): Promise<void> {
  await fs.promises.rm(folder, { recursive: true, force: true }).catch(() => {});
  settleFolder(folder);
}

/** The same without a turn of the event loop. */
export function discardFolderSync(folder: string): void {
  try {
    fs.rmSync(folder, { recursive: true, force: true });
  } catch {
    // The entry stays too, then: the next agent here tries again.
    return;
  }
  settleFolder(folder);
}

/** Whether some process is writing to the session. */
export function isOpen(folder: string): boolean {
  return fs.existsSync(entryOf(folder));
}

/** A sign of life, for agents that cannot see this process. Never throws. */
export function touchEntry(folder: string): void {
  const now = new Date();
  fs.utimes(entryOf(folder), now, now, () => {});
}

/** Writes the entry of this process, whole or not at all. Throws what the system says. */
export function writeEntry(entry: string): void {
  const handle = fs.openSync(entry, 'wx', 0o600);
  try {
    fs.writeSync(handle, `${JSON.stringify(describeSelf())}\n`);
  } catch (error) {
    fs.unlinkSync(entry);
    throw error;
  } finally {
    fs.closeSync(handle);
  }
}

export function entryOf(folder: string): string {
  return path.join(path.dirname(folder), AGENTS_FOLDER, path.basename(folder) + OPEN_ENTRY);
}

/** False when something has that name already. */
function createNew(create: () => void): boolean {
  try {
    create();
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}
