/**
 * The file that tells `heapdiff ps` about this agent: `<dir>/.agents/<pid>.json`.
 */
import fs from 'node:fs';
import { AGENT_SCHEMA, type AgentPresence, presenceFile, requestFile } from '../presence';
import { toDirectoryError } from './capture-error';
import type { AgentContext } from './context';
import { PARTIAL, prepareDirectory } from './directory';
import { describeSelf } from './owner';

/** What changes while the agent lives. */
export type PresenceUpdate = Pick<AgentPresence, 'state' | 'sessions' | 'lastSession' | 'units' | 'failure'>;

export class PresenceFile {
  readonly #dir: string;
  readonly #file: string;
  #presence: AgentPresence;

  constructor({ options, workerId, launcher }: AgentContext) {
    this.#dir = options.dir;
    this.#file = presenceFile(options.dir, process.pid);
    this.#presence = {
      schema: AGENT_SCHEMA,
      ...describeSelf(),
      ppid: process.ppid,
      workerId,
      app: options.app,
      launcher,
      signal: options.signal,
      mode: options.mode,
      state: 'idle',
      sessions: 0,
      lastSession: null,
      units: null,
      failure: null,
      nodeVersion: process.version,
      installedAt: Date.now(),
    };
  }

  /** Creates the folder and the file. Throws DIRECTORY_UNUSABLE or NOT_PERMITTED. */
  create(): void {
    prepareDirectory(this.#dir);
    try {
      // Meant for an earlier process with this pid.
      removeFile(requestFile(this.#dir, process.pid));
      this.#write();
    } catch (cause) {
      throw toDirectoryError(this.#dir, cause);
    }
  }

  /** Never throws: a session is worth more than a file that tells of it. */
  update(change: Partial<PresenceUpdate>): void {
    this.#presence = { ...this.#presence, ...change };
    try {
      this.#write();
    } catch {
      // The folder is gone or full; the phase itself will say so.
    }
  }

  /** Never throws. */
  remove(): void {
    removeFile(this.#file + PARTIAL);
    removeFile(this.#file);
  }

  #write(): void {
    const partial = this.#file + PARTIAL;
    // Left over only by an earlier process with this pid; `wx` would not replace it, nor follow a link planted there.
    removeFile(partial);
    fs.writeFileSync(partial, `${JSON.stringify(this.#presence)}\n`, { mode: 0o600, flag: 'wx' });
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
