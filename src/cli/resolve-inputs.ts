/** From what was typed to what is compared: a session folder, or two files with the sidecar beside them. */
import fs from 'node:fs';
import path from 'node:path';
import type { DiffInputs } from '../diff/diff-heaps';
import { HeapdiffError } from '../errors';
import { readRecord, readSession, SESSION_FILES, type SessionRecord } from '../session';

export interface ResolvedInputs extends DiffInputs {
  /** What a reader should know about how the inputs were found. */
  readonly notes: readonly string[];
}

/** Throws USAGE for a wrong number of inputs, NOT_A_SESSION and RECORD_CORRUPT for folders. */
export function resolveInputs(inputs: readonly string[]): ResolvedInputs {
  const [first, second] = inputs;
  if (first !== undefined && inputs.length === 1) return resolveSession(first);
  if (first !== undefined && second !== undefined && inputs.length === 2) return resolvePair(first, second);
  const reason =
    inputs.length === 0 ? 'nothing to compare.' : `${inputs.length} inputs, but two snapshots are compared.`;
  throw new HeapdiffError('USAGE', { reason, todo: 'Name two snapshots or one session folder; see heapdiff --help.' });
}

function resolveSession(folder: string): ResolvedInputs {
  if (folder === '-' || isFile(folder)) {
    const reason = `${folder} is one snapshot, but a comparison needs two.`;
    throw new HeapdiffError('USAGE', { reason, todo: `For one heap: heapdiff summary ${folder}` });
  }
  if (!fs.existsSync(folder)) throw new HeapdiffError('FILE_NOT_FOUND', { file: folder });
  const sessions = listSessions(folder);
  if (sessions.length > 0) {
    const newest = sessions.slice(0, 3).join(', ');
    const reason = `it holds ${sessions.length === 1 ? 'a session' : 'sessions'}, name one (newest first: ${newest})`;
    throw new HeapdiffError('NOT_A_SESSION', { file: folder, reason });
  }
  const { before, after, profile, record } = readSession(folder);
  if (before && after) return { before, after, profile, record, notes: [] };
  const missing = before ? SESSION_FILES.after : SESSION_FILES.before;
  const why = record.skipped.find(({ what }) => what.includes(missing))?.why;
  const reason = `it holds no ${missing} (${why ?? `capture mode ${record.captureMode}`})`;
  throw new HeapdiffError('NOT_A_SESSION', { file: folder, reason });
}

/** Names of complete sessions directly below a folder that is none itself, newest first. */
function listSessions(folder: string): string[] {
  if (fs.existsSync(path.join(folder, SESSION_FILES.record))) return [];
  const recordOf = (name: string) => path.join(folder, name, SESSION_FILES.record);
  return fs
    .readdirSync(folder)
    .filter((name) => fs.existsSync(recordOf(name)))
    .map((name) => ({ name, time: fs.statSync(recordOf(name)).mtimeMs }))
    .sort((a, b) => b.time - a.time)
    .map(({ name }) => name);
}

function resolvePair(before: string, after: string): ResolvedInputs {
  if (before === '-' && after === '-') {
    throw new HeapdiffError('USAGE', {
      reason: 'both snapshots are standard input (-).',
      todo: 'Name a file for one.',
    });
  }
  const bare = { before, after, profile: null, record: null, notes: [] };
  // A record speaks of the two files it was written with and of no others.
  if (!isNamed(before, SESSION_FILES.before) || !isNamed(after, SESSION_FILES.after)) return bare;
  const folder = path.dirname(path.resolve(before));
  if (folder !== path.dirname(path.resolve(after))) return bare;
  const profile = path.join(folder, SESSION_FILES.profile);
  return {
    ...bare,
    profile: isFile(profile) ? profile : null,
    ...readSidecar(path.join(folder, SESSION_FILES.record)),
  };
}

/** The record beside two files; a damaged one is left aside, for the files can be compared without. */
function readSidecar(file: string): { record: SessionRecord | null; notes: readonly string[] } {
  if (!isFile(file)) return { record: null, notes: [] };
  try {
    return { record: readRecord(file), notes: [] };
  } catch (error) {
    if (!(error instanceof HeapdiffError)) throw error;
    return { record: null, notes: [`${error.message} It was left aside.`] };
  }
}

const isNamed = (file: string, name: string) => path.basename(file).replace(/\.(gz|zst)$/, '') === name;
const isFile = (file: string) => fs.statSync(file, { throwIfNoEntry: false })?.isFile() ?? false;
