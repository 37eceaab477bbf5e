/**
 * The file that tells `heapdiff ps` about this agent: `<dir>/.agents/<pid>.json`.
 */
import fs from 'node:fs';
import path from 'node:path';
import { AGENT_SCHEMA, AGENTS_FOLDER, type AgentPresence, readStartTicks } from '../session';
import type { AgentContext } from './context';
import { PARTIAL, toDirectoryError } from './session-folder';

export type PresenceUpdate = Pick<AgentPresence, 'state' | 'sessions' | 'lastSession'>;

export class PresenceFile {
  readonly #file: string;
  readonly #base: Omit<AgentPresence, keyof PresenceUpdate>;

  constructor({ options, workerId }: AgentContext) {
    this.#file = path.join(options.dir, AGENTS_FOLDER, `${process.pid}.json`);
    this.#base = {
      schema: AGENT_SCHEMA,
      pid: process.pid,
      ppid: process.ppid,
      workerId,
      app: options.app,
      signal: options.signal,
      mode: options.mode,
      nodeVersion: process.version,
      installedAt: Date.now(),
      startTicks: readStartTicks(process.pid),
    };
  }

  /** Creates the folder and the file. Throws DIRECTORY_UNUSABLE or NOT_PERMITTED. */
  create(update: PresenceUpdate): void {
    const folder = path.dirname(this.#file);
    try {
      fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
      this.#write(update);
    } catch (cause) {
      throw toDirectoryError(path.dirname(folder), cause);
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
