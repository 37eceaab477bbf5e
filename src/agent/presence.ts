/**
 * The file that tells `heapdiff ps` about this agent: `<dir>/.agents/<pid>.json`.
 */
import fs from 'node:fs';
import path from 'node:path';
import { AGENT_SCHEMA, AGENTS_FOLDER, type AgentPresence } from '../session';
import { toDirectoryError } from './capture-error';
import { PARTIAL } from './complete-file';
import type { AgentContext } from './context';
import { prepareDirectory } from './directory';
import { describeSelf } from './owner';

export type PresenceUpdate = Pick<AgentPresence, 'state' | 'sessions' | 'lastSession'>;

export class PresenceFile {
  readonly #dir: string;
  readonly #file: string;
  readonly #base: Omit<AgentPresence, keyof PresenceUpdate>;

  constructor({ options, workerId }: AgentContext) {
    this.#dir = options.dir;
    this.#file = path.join(options.dir, AGENTS_FOLDER, `${process.pid}.json`);
    this.#base = {
      schema: AGENT_SCHEMA,
      ...describeSelf(),
      ppid: process.ppid,
      workerId,
      app: options.app,
      signal: options.signal,
      mode: options.mode,
      nodeVersion: process.version,
      installedAt: Date.now(),
    };
  }

  /** Creates the folder and the file. Throws DIRECTORY_UNUSABLE or NOT_PERMITTED. */
  create(update: PresenceUpdate): void {
    prepareDirectory(this.#dir);
    try {
      this.#write(update);
    } catch (cause) {
      throw toDirectoryError(this.#dir, cause);
    }
  }

  /** Never throws: a session is worth more than a file that tells of it. */
  update(update: PresenceUpdate): void {
    try {
      this.#write(update);
    } catch {
      // The folder is gone or full; the phase itself will say so.
    }
  }

  /** Never throws. */
  remove(): void {
    removeFile(this.#file);
  }

  #write(update: PresenceUpdate): void {
    const partial = this.#file + PARTIAL;
    // Left over only by an earlier process with this pid; `wx` would not replace it, nor follow a link planted there.
    removeFile(partial);
    fs.writeFileSync(partial, `${JSON.stringify({ ...this.#base, ...update })}\n`, { mode: 0o600, flag: 'wx' });
    fs.renameSync(partial, this.#file);
  }
}

/** `fs.rmSync` would load half a millisecond of code for it. */
function removeFile(file: string): void {
  try {
    fs.unlinkSync(file);
  } catch {
    // It was not there; or it stays, and readers see that its process is gone.
  }
}
