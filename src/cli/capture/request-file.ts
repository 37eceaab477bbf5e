/** Writes what the next signal is to do, where the agent looks for it. */
import fs from 'node:fs';
import { HeapdiffError } from '../../errors';
import { type CaptureRequest, presenceFile, REQUEST_SCHEMA, requestFile } from '../../presence';

/** Throws REQUEST_UNWRITABLE where the agents' folder does not let this user write. */
export function writeRequest(dir: string, pid: number, request: Omit<CaptureRequest, 'schema'>): void {
  const file = requestFile(dir, pid);
  const partial = `${file}.${process.pid}.partial`;
  try {
    fs.rmSync(partial, { force: true });
    fs.writeFileSync(partial, JSON.stringify({ schema: REQUEST_SCHEMA, ...request }), { mode: 0o600, flag: 'wx' });
    // The agent believes its own user only. As root this command can write for it, as anybody else it need not.
    const { uid, gid } = fs.statSync(presenceFile(dir, pid));
    if (process.getuid?.() === 0) fs.lchownSync(partial, uid, gid);
    fs.renameSync(partial, file);
  } catch (cause) {
    removeFile(partial);
    const reason = (cause as Error).message;
    throw new HeapdiffError('REQUEST_UNWRITABLE', { file, reason }, cause);
  }
}

/** One that the agent has not taken, lest it be taken for part of a later signal. Never throws. */
export function withdrawRequest(dir: string, pid: number): void {
  removeFile(requestFile(dir, pid));
}

function removeFile(file: string): void {
  try {
    fs.rmSync(file, { force: true });
  } catch {
    // It stays: whoever comes next removes it, or says that it cannot.
  }
}
