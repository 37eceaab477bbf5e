/** From what was typed to what is compared: a session folder, two files with the sidecar beside them, or more of them. */
import fs from 'node:fs';
import path from 'node:path';
import type { DiffInputs } from '../diff/diff-heaps';
import type { ProfileInputs } from '../diff/profile/diff-profile';
import type { SeriesCapture, SeriesInputs } from '../diff/series/series-types';
import { HeapdiffError } from '../errors';
import { readRecord, readSession, SESSION_FILES, type Session, type SessionRecord } from '../session';

/** `notes`: what a reader should know about how the inputs were found. */
export type ResolvedInputs = { readonly notes: readonly string[] } & (
  | { readonly kind: 'pair'; readonly inputs: DiffInputs }
  | { readonly kind: 'profile'; readonly inputs: ProfileInputs }
  | { readonly kind: 'series'; readonly inputs: SeriesInputs }
);

/** Throws USAGE for no inputs, NOT_A_SESSION and RECORD_CORRUPT for folders. */
export function resolveInputs(inputs: readonly string[]): ResolvedInputs {
  const [first, second] = inputs;
  if (first === undefined) {
    const todo = 'Name two snapshots or one session folder; see heapdiff --help.';
    throw new HeapdiffError('USAGE', { reason: 'nothing to compare.', todo });
  }
  if (second === undefined) return resolveSession(first);
  if (inputs.length === 2 && !isFolder(first) && !isFolder(second)) return resolvePair(first, second);
  return resolveSeries(inputs);
}

function resolveSession(folder: string): ResolvedInputs {
  if (folder === '-' || isFile(folder)) {
    const reason = `${folder} is one snapshot, but a comparison needs two.`;
    throw new HeapdiffError('USAGE', { reason, todo: `For one heap: heapdiff summary ${folder}` });
  }
  const session = openSession(folder);
  const { before, after, profile, record, histograms } = session;
  const notes = describeIncomplete(session);
  if (before && after) return { kind: 'pair', inputs: { before, after, profile, record }, notes };
  if (!profile) throw missingSnapshot(session);
  const recordFile = path.join(folder, SESSION_FILES.record);
  return { kind: 'profile', inputs: { profile, record, recordFile, histograms, after }, notes };
}

/** What a reader should know of a session that ended before all was captured. */
function describeIncomplete({ record, before, after }: Session): string[] {
  const notes: string[] = [];
  if (record.interrupted !== undefined) notes.push(`The session was interrupted: ${record.interrupted}.`);
  if (before && !after) {
    const why = record.skipped.find(({ what }) => what === SESSION_FILES.after)?.why;
    if (why !== undefined && why !== record.interrupted) notes.push(`There is no second snapshot: ${why}.`);
    notes.push(`The heap at the beginning is there: heapdiff summary ${before}`);
  }
  return notes;
}

function openSession(folder: string): Session {
  if (!fs.existsSync(folder)) throw new HeapdiffError('FILE_NOT_FOUND', { file: folder });
  const sessions = listSessions(folder);
  if (sessions.length > 0) {
    const newest = sessions.slice(0, 3).join(', ');
    const reason = `it holds ${sessions.length === 1 ? 'a session' : 'sessions'}, name one (newest first: ${newest})`;
    throw new HeapdiffError('NOT_A_SESSION', { file: folder, reason });
  }
  return readSession(folder);
}

function missingSnapshot({ folder, before, record }: Session): HeapdiffError {
  const missing = before ? SESSION_FILES.after : SESSION_FILES.before;
  const why = record.skipped.find(({ what }) => what.includes(missing))?.why;
  const reason = `it holds no ${missing} (${why ?? `capture mode ${record.captureMode}`})`;
  return new HeapdiffError('NOT_A_SESSION', { file: folder, reason });
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
    throw standardInputTwice();
  }
  const bare = { before, after, profile: null, record: null };
  // A record speaks of the two files it was written with and of no others.
  if (!isNamed(before, SESSION_FILES.before) || !isNamed(after, SESSION_FILES.after)) {
    return { kind: 'pair', inputs: bare, notes: [] };
  }
  const folder = path.dirname(path.resolve(before));
  if (folder !== path.dirname(path.resolve(after))) return { kind: 'pair', inputs: bare, notes: [] };
  const profile = path.join(folder, SESSION_FILES.profile);
  const { record, notes } = readSidecar(path.join(folder, SESSION_FILES.record));
  return { kind: 'pair', inputs: { ...bare, profile: isFile(profile) ? profile : null, record }, notes };
}

/** Folders give both their snapshots, files one each. */
function resolveSeries(inputs: readonly string[]): ResolvedInputs {
  const profiles: string[] = [];
  const notes: string[] = [];
  const captures = inputs.flatMap((input): SeriesCapture[] => {
    if (!isFolder(input)) {
      const sidecar = readEnd(input);
      notes.push(...sidecar.notes);
      return [{ file: input, session: sidecar.session }];
    }
    const session = openSession(input);
    const { before, after, profile, record } = session;
    if (!before || !after) throw missingSnapshot(session);
    if (profile) profiles.push(profile);
    return [
      { file: before, session: { record, end: record.before } },
      { file: after, session: { record, end: record.after } },
    ];
  });
  if (captures.filter(({ file }) => file === '-').length > 1) throw standardInputTwice();
  return { kind: 'series', inputs: { captures, profiles }, notes };
}

/** The end of a session that a snapshot is, by its name and the record beside it. */
function readEnd(file: string): { session: SeriesCapture['session']; notes: readonly string[] } {
  const isBefore = isNamed(file, SESSION_FILES.before);
  if (!isBefore && !isNamed(file, SESSION_FILES.after)) return { session: null, notes: [] };
  const { record, notes } = readSidecar(path.join(path.dirname(file), SESSION_FILES.record));
  return { session: record && { record, end: isBefore ? record.before : record.after }, notes };
}

function standardInputTwice(): HeapdiffError {
  return new HeapdiffError('USAGE', {
    reason: 'more than one snapshot is standard input (-).',
    todo: 'Name files for the others.',
  });
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
const isFolder = (file: string) => fs.statSync(file, { throwIfNoEntry: false })?.isDirectory() ?? false;
const isFile = (file: string) => fs.statSync(file, { throwIfNoEntry: false })?.isFile() ?? false;
