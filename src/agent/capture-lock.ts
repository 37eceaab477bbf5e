/**
 * One capture at a time per directory, so that two workers of a pod never pause together. A file of the agents' own
 * folder is the lock: whoever creates it holds it. One whose holder has died is taken away.
 */
import fs from 'node:fs';
import path from 'node:path';
import { HeapdiffError } from '../errors';
import { AGENTS_FOLDER } from '../presence';
import { toDirectoryError } from './capture-error';
import { PARTIAL, prepareDirectory } from './directory';
import { isGone, isSameOwner, type Owner, readOwner } from './owner';
import { writeEntry } from './session-folder';

/** A look at the lock costs two system calls, so it is taken rarely enough not to count. */
const LOOK_EVERY_MS = 250;
/** A holder in another container cannot be looked up. Silent for so long it is taken for dead: few pauses are longer. */
const SILENCE_OF_HOLDER_MS = 2 * 60_000;

export interface LockOptions {
  /** Called once, when another process holds the lock. */
  readonly onWait: (holder: Owner) => void;
  /** Milliseconds. */
  readonly longestWait: number;
}

export class CaptureLock {
  readonly #file: string;

  private constructor(file: string) {
    this.#file = file;
    process.on('exit', this.release);
  }

  /** Resolves when the lock is held. Throws CAPTURE_FAILED when the wait is too long, and DIRECTORY_UNUSABLE. */
  static async acquire(dir: string, { onWait, longestWait }: LockOptions): Promise<CaptureLock> {
    prepareDirectory(dir);
    const file = path.join(dir, AGENTS_FOLDER, 'capture.lock');
    const begin = performance.now();
    for (let waited = false; !takeFile(dir, file); ) {
      const holder = readOwner(file);
      if (removeStale(file, holder)) continue;
      if (holder && !waited) onWait(holder);
      waited ||= holder !== null;
      if (performance.now() - begin > longestWait) throw waitedTooLong(file, holder, longestWait);
      await pause(LOOK_EVERY_MS);
    }
    return new CaptureLock(file);
  }

  /** Null when another process holds the lock: for a capture that is not worth a wait. Throws DIRECTORY_UNUSABLE. */
  static tryAcquire(dir: string): CaptureLock | null {
    prepareDirectory(dir);
    const file = path.join(dir, AGENTS_FOLDER, 'capture.lock');
    const isTaken = () => takeFile(dir, file);
    return isTaken() || (removeStale(file, readOwner(file)) && isTaken()) ? new CaptureLock(file) : null;
  }

  /** Never throws. Happens by itself when the process or the worker thread ends. */
  readonly release = (): void => {
    process.off('exit', this.release);
    try {
      fs.unlinkSync(this.#file);
    } catch {
      // The directory is gone, and the lock with it.
    }
  };
}

/** False when somebody else has it. */
function takeFile(dir: string, file: string): boolean {
  try {
    writeEntry(file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw toDirectoryError(dir, error);
  }
}

/**
 * Takes the lock of a dead holder away. Of several that notice at once one succeeds in moving the file; had the lock
 * changed hands since `holder` was read, the file is put back.
 */
function removeStale(file: string, holder: Owner | null): boolean {
  const written = fs.lstatSync(file, { throwIfNoEntry: false })?.mtimeMs;
  if (written === undefined) return true;
  // Without an owner: it is being written at this moment, or its writer died at just that.
  const stale = holder ? isGone(holder, written, SILENCE_OF_HOLDER_MS) : Date.now() - written > SILENCE_OF_HOLDER_MS;
  if (!stale) return false;
  const aside = `${file}.${process.pid}${PARTIAL}`;
  try {
    fs.renameSync(file, aside);
    const moved = readOwner(aside);
    const same = holder && moved ? isSameOwner(holder, moved) : holder === moved;
    if (!same) fs.linkSync(aside, file);
    fs.unlinkSync(aside);
  } catch {
    // Somebody else was faster.
  }
  return true;
}

/** The process may end meanwhile: waiting alone does not keep it alive. */
function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms).unref());
}

function waitedTooLong(file: string, holder: Owner | null, longestWait: number): HeapdiffError {
  const minutes = Math.round(longestWait / 60_000);
  const who = holder ? `pid ${holder.pid} has been capturing` : `${file} has been there`;
  const todo = `The process runs on as before. If no other capture is running, remove ${file}.`;
  return new HeapdiffError('CAPTURE_FAILED', {
    step: 'waiting for another capture',
    reason: `${who} for ${minutes} minutes`,
    todo,
  });
}
