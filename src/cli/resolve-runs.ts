/** From what was typed to runs: `label=folder`, a folder, or `label=a,b,c,d`: snapshots, two per worker. */
import fs from 'node:fs';
import path from 'node:path';
import type { RunInputs, RunSession } from '../diff/runs/run-types';
import { HeapdiffError } from '../errors';
import { readSession, SESSION_FILES, type SessionRecord } from '../session';
import { resolveInputs } from './resolve-inputs';

export interface ResolvedRuns {
  readonly runs: readonly RunInputs[];
  /** What was left out, and why. */
  readonly notes: readonly string[];
}

/** Throws USAGE, FILE_NOT_FOUND, and NOT_A_SESSION for a folder without any complete session. */
export function resolveRuns(args: readonly string[]): ResolvedRuns {
  if (args.length === 0) {
    const todo = 'Name folders of sessions: heapdiff runs preload=dir1 non-preload=dir2.';
    throw new HeapdiffError('USAGE', { reason: 'no run to look at.', todo });
  }
  const notes: string[] = [];
  const found = args.map((arg) => {
    const { label, paths } = splitArgument(arg);
    return { label, paths, sessions: readPaths(paths, notes) };
  });
  const runs = found.flatMap(({ label, paths, sessions }) => {
    return label === null ? splitByMode(paths[0]!, sessions) : [{ label, fallback: label, sessions }];
  });
  return { runs: nameRuns(runs), notes };
}

/** `label=path,path`. What exists as it is typed has no label, and is not split. */
export function splitArgument(arg: string): { readonly label: string | null; readonly paths: readonly string[] } {
  const labelled = fs.existsSync(arg) ? null : /^([^=/\\,]{1,60})=(.+)$/s.exec(arg);
  const rest = labelled?.[2] ?? arg;
  const paths = fs.existsSync(rest) ? [rest] : rest.split(',').filter((part) => part !== '');
  return { label: labelled?.[1]?.trim() || null, paths };
}

/** Sessions of folders, and of snapshots two by two. */
export function readPaths(paths: readonly string[], notes: string[]): RunSession[] {
  const missing = paths.find((file) => !fs.existsSync(file));
  if (missing !== undefined || paths.length === 0) throw new HeapdiffError('FILE_NOT_FOUND', { file: missing ?? '""' });
  const isFolder = (file: string) => fs.statSync(file).isDirectory();
  const files = paths.filter((file) => !isFolder(file));
  const sessions = paths.filter(isFolder).flatMap((folder) => readFolder(folder, notes));
  if (files.length % 2 === 1) {
    throw new HeapdiffError('USAGE', {
      reason: `${files.length} snapshot${files.length === 1 ? '' : 's'} of one run, but each worker needs two.`,
      todo: 'Name before and after of each worker: label=before,after,before,after.',
    });
  }
  for (let at = 0; at < files.length; at += 2) sessions.push(readPair(files[at]!, files[at + 1]!, notes));
  return sessions;
}

function readPair(before: string, after: string, notes: string[]): RunSession {
  const resolved = resolveInputs([before, after]);
  notes.push(...resolved.notes);
  const { record, profile } = resolved.inputs as { record: RunSession['record']; profile: RunSession['profile'] };
  return { name: after, record, before, after, profile };
}

/** A session folder, or the complete sessions directly below a folder. Others are named in a note. */
function readFolder(folder: string, notes: string[]): RunSession[] {
  if (fs.existsSync(path.join(folder, SESSION_FILES.record))) return [toRunSession(folder)];
  const candidates = fs
    .readdirSync(folder, { withFileTypes: true })
    .filter((entry) => (entry.isDirectory() || entry.isSymbolicLink()) && !entry.name.startsWith('.'))
    .map(({ name }) => path.join(folder, name));
  const isComplete = (candidate: string) => fs.existsSync(path.join(candidate, SESSION_FILES.record));
  const incomplete = candidates.filter((candidate) => !isComplete(candidate));
  if (incomplete.length > 0) notes.push(`Passed over, having no record.json: ${list(incomplete)}.`);
  const sessions = candidates.filter(isComplete).flatMap((candidate) => {
    try {
      return [toRunSession(candidate)];
    } catch (error) {
      if (!(error instanceof HeapdiffError)) throw error;
      notes.push(`Passed over: ${error.message}`);
      return [];
    }
  });
  if (sessions.length > 0) return sessions;
  throw new HeapdiffError('NOT_A_SESSION', { file: folder, reason: 'no complete session is in it' });
}

function toRunSession(folder: string): RunSession {
  const { record, before, after, profile } = readSession(folder);
  return { name: folder, record, before, after, profile };
}

function list(folders: readonly string[]): string {
  const names = folders.map((folder) => path.basename(folder));
  return names.length > 3 ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more` : names.join(', ');
}

interface UnnamedRun {
  /** Preferred, if no other run has it. */
  readonly label: string;
  readonly fallback: string;
  readonly sessions: readonly RunSession[];
}

/** A folder without label may hold the sessions of several modes: each is a run. */
function splitByMode(folder: string, sessions: readonly RunSession[]): UnnamedRun[] {
  const name = path.basename(path.resolve(folder));
  const byMode = new Map<string, RunSession[]>();
  for (const session of sessions) {
    const mode = describeMode(session.record) ?? name;
    byMode.set(mode, [...(byMode.get(mode) ?? []), session]);
  }
  return [...byMode].map(([mode, ofMode]) => {
    const fallback = byMode.size === 1 ? name : `${name} ${mode}`;
    return { label: mode === 'unknown' ? fallback : mode, fallback, sessions: ofMode };
  });
}

/** `preload`, `non-preload + compile cache`; null for bare snapshots. */
function describeMode(record: SessionRecord | null): string | null {
  if (!record) return null;
  const { kind, compileCache } = record.runMode;
  return compileCache ? `${kind} + compile cache` : kind;
}

/** Throws USAGE when two runs were given one label. */
function nameRuns(runs: readonly UnnamedRun[]): RunInputs[] {
  const isTaken = (label: string) => runs.filter((run) => run.label === label).length > 1;
  const named = runs.map(({ label, fallback, sessions }) => ({ label: isTaken(label) ? fallback : label, sessions }));
  const twice = named.find(({ label }, at) => named.findIndex((run) => run.label === label) !== at);
  if (!twice) return named;
  throw new HeapdiffError('USAGE', {
    reason: `two runs are called ${twice.label}.`,
    todo: 'Give each its own label: heapdiff runs one=dir1 other=dir2.',
  });
}
