/**
 * Files that get their name only when they are complete and on the disk. Until then they end in `.partial`, and such a
 * name is created new, so that nothing planted there is followed or overwritten.
 */
import fs from 'node:fs';
import path from 'node:path';
import { assertOwnFolder, PARTIAL } from './directory';

/** Writes a file under a partial name, then gives it its own. Mode 0600. Throws what the system says. */
export async function writeComplete(file: string, text: string): Promise<void> {
  assertOwnFolder(path.dirname(file));
  try {
    await fs.promises.writeFile(file + PARTIAL, text, { mode: 0o600, flag: 'wx' });
    await completeFile(file);
  } catch (error) {
    await fs.promises.rm(file + PARTIAL, { force: true }).catch(() => {});
    throw error;
  }
}

/** The same without a turn of the event loop, for a process that ends. */
export function writeCompleteSync(file: string, text: string): void {
  // Not the name that `writeComplete` uses: its last step may still run in a thread of its own.
  const partial = `${file}.last${PARTIAL}`;
  assertOwnFolder(path.dirname(file));
  try {
    fs.writeFileSync(partial, text, { mode: 0o600, flag: 'wx' });
    giveNameSync(partial, file);
  } catch (error) {
    fs.rmSync(partial, { force: true });
    throw error;
  }
}

/** Removes what never got its name. Throws what the system says. */
export function removePartialsSync(folder: string): void {
  for (const name of fs.readdirSync(folder)) if (name.endsWith(PARTIAL)) fs.unlinkSync(path.join(folder, name));
}

/** Creates the partial file of `file`, empty, for V8 to write into. Throws what the system says. */
export function createPartial(file: string): void {
  assertOwnFolder(path.dirname(file));
  fs.closeSync(fs.openSync(file + PARTIAL, 'wx', 0o600));
}

/** Brings `<file>.partial` to the disk, then gives it its name. Throws what the system says. */
export async function completeFile(file: string): Promise<void> {
  await syncPath(file + PARTIAL, 'r+');
  await fs.promises.rename(file + PARTIAL, file);
  await syncPath(path.dirname(file), 'r');
}

/** The same without a turn of the event loop. */
export function completeFileSync(file: string): void {
  giveNameSync(file + PARTIAL, file);
}

function giveNameSync(partial: string, file: string): void {
  syncPathSync(partial, 'r+');
  fs.renameSync(partial, file);
  syncPathSync(path.dirname(file), 'r');
}

async function syncPath(name: string, flags: string): Promise<void> {
  const handle = await fs.promises.open(name, flags);
  try {
    await handle.sync();
  } catch (error) {
    if (!cannotSync(error)) throw error;
  } finally {
    await handle.close();
  }
}

function syncPathSync(name: string, flags: string): void {
  const handle = fs.openSync(name, flags);
  try {
    fs.fsyncSync(handle);
  } catch (error) {
    if (!cannotSync(error)) throw error;
  } finally {
    fs.closeSync(handle);
  }
}

/** Some file systems cannot sync, or not folders. What counts is to hear of a full disk or quota before a file has its name. */
function cannotSync(error: unknown): boolean {
  const { code = '' } = error as NodeJS.ErrnoException;
  return ['EINVAL', 'ENOTSUP', 'ENOSYS', 'EPERM', 'ERR_ACCESS_DENIED'].includes(code);
}
