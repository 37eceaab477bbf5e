/**
 * Where a session is written: one new folder, and files that get their name only when they are complete.
 */
import fs from 'node:fs';
import path from 'node:path';
import { HeapdiffError } from '../errors';

/** Ends the name of a file that is still being written. */
export const PARTIAL = '.partial';

/**
 * Creates `<dir>/<app>-<pid>-<n>` with the first free n from `first` on; readable by the owner only.
 * Throws DIRECTORY_UNUSABLE or NOT_PERMITTED.
 */
export function createSessionFolder(dir: string, app: string, first: number): string {
  try {
    fs.mkdirSync(dir, { recursive: true, mode: 0o700 });
    for (let n = first; ; n += 1) {
      const folder = path.join(dir, `${app}-${process.pid}-${n}`);
      if (makeNewFolder(folder)) return folder;
    }
  } catch (cause) {
    throw toDirectoryError(dir, cause);
  }
}

/** False when something has that name already. A folder that is ours from its first moment cannot hold a planted link. */
function makeNewFolder(folder: string): boolean {
  try {
    fs.mkdirSync(folder, { mode: 0o700 });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Writes a file under a partial name, then gives it its own. Mode 0600. */
export async function writeComplete(file: string, text: string): Promise<void> {
  const partial = file + PARTIAL;
  try {
    await fs.promises.writeFile(partial, text, { mode: 0o600, flag: 'wx' });
    await fs.promises.rename(partial, file);
  } catch (error) {
    await fs.promises.rm(partial, { force: true }).catch(() => {});
    throw error;
  }
}

/** Why `dir` cannot be written to, as an error that says what to do. */
export function toDirectoryError(dir: string, cause: unknown): HeapdiffError {
  const { code } = cause as NodeJS.ErrnoException;
  if (code === 'ERR_ACCESS_DENIED') {
    return new HeapdiffError('NOT_PERMITTED', { what: `writing to ${dir}`, flags: `--allow-fs-write=${dir}` }, cause);
  }
  return new HeapdiffError('DIRECTORY_UNUSABLE', { dir, reason: describeCause(cause) }, cause);
}

/** The system's words without the final period. */
export function describeCause(cause: unknown): string {
  return (cause instanceof Error ? cause.message : String(cause)).replace(/\.$/, '');
}
