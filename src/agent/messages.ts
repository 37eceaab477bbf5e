/**
 * Every line the agent prints, each saying what happened and what to type next. At most two per phase.
 */
import { HeapdiffError } from '../errors';
import type { AgentFailure } from '../presence';
import type { AgentOptions } from './options';

/** Writes one line to stderr, never throwing: the application must not fail because nobody reads its stderr. */
export function writeLine(fs: typeof import('node:fs'), text: string): void {
  const line = `heapdiff: pid ${process.pid}: ${text}\n`;
  try {
    // pm2 logs what goes through the stream of a worker, and drops what is written to its descriptor.
    if (process.env.pm_id === undefined) fs.writeSync(2, line);
    else process.stderr.write(line);
  } catch {
    // EAGAIN or EPIPE: there is no better place to say it.
  }
}

export function describeReady({ signal, dir }: AgentOptions): string {
  return signal === 'none'
    ? `ready: start() opens a window; sessions go to ${dir}`
    : `ready: ${killCommand(signal)} opens a window; sessions go to ${dir}`;
}

interface Opened {
  readonly options: AgentOptions;
  readonly pauseMs: number;
  readonly ignored: number;
}

export function describeOpened({ options, pauseMs, ignored }: Opened): string {
  const { mode, signal, identity, traceLimitMs, maxTrackingMs } = options;
  const cost =
    mode === 'trace'
      ? '; allocation is 50-120 times slower meanwhile'
      : identity && mode !== 'profile'
        ? '; slower meanwhile'
        : '';
  const next = signal === 'none' ? 'capture()' : killCommand(signal);
  const limit = mode === 'trace' || maxTrackingMs === 0 ? '' : `; closes by itself in ${formatDuration(maxTrackingMs)}`;
  const opened = `window open after a pause of ${formatSeconds(pauseMs)}${countIgnored(ignored)}${cost}${limit}`;
  const wait = mode === 'trace' ? `, or wait: it captures by itself after ${formatSeconds(traceLimitMs)}` : '';
  return `${opened}. After some minutes of load type: ${next}${wait}`;
}

export function describeWaiting(pid: number): string {
  return `waiting for pid ${pid}, which is capturing: one process at a time; type nothing yet`;
}

/** Ends with the command that lays the sessions of all workers over each other. */
export function describeEvidence(reason: string, folder: string, dir: string): string {
  return `recycled (${reason}), evidence left: ${folder}. Type: heapdiff runs ${quoteArgument(dir)}`;
}

/** `folder`: what was kept; null: nothing could be. */
export function describeInterrupted(reason: string, folder: string | null): string {
  return folder === null ? `${reason}. Nothing of the session could be kept` : `${reason}. ${describeKept(folder)}`;
}

/** Ends with the command to type. */
export function describeKept(folder: string): string {
  return `What there was is kept. Type: heapdiff ${quoteArgument(folder)}`;
}

interface Captured {
  readonly folder: string;
  readonly windowMs: number;
  readonly pauseMs: number;
  /** By how much mode trace made the process grow; undefined in other modes. */
  readonly traceBytes?: number | undefined;
  readonly ignored: number;
}

/** Ends with the command to type, so that it can be copied to the end of the line. */
export function describeCaptured({ folder, windowMs, pauseMs, traceBytes, ignored }: Captured): string {
  const cost = traceBytes === undefined ? '' : `, traced while the process grew by ${(traceBytes / 1e6).toFixed(1)} MB`;
  const times = `window of ${formatSeconds(windowMs)}, pause of ${formatSeconds(pauseMs)}${cost}`;
  return `session complete (${times})${countIgnored(ignored)}. Type: heapdiff ${quoteArgument(folder)}`;
}

export function describeRemoved(folders: readonly string[]): string {
  return `removed as keep or maxBytes say: ${folders.join(', ')}`;
}

/** An error with what to do about it. */
export function describeFailure(error: unknown): string {
  if (error instanceof HeapdiffError) return `${error.message} ${error.todo}`;
  return error instanceof Error ? error.message : String(error);
}

/** The same, for those who follow the presence file. */
export function toAgentFailure(error: unknown): AgentFailure {
  const at = Date.now();
  return error instanceof HeapdiffError
    ? { at, code: error.code, message: error.message, todo: error.todo }
    : { at, code: 'UNEXPECTED', message: describeFailure(error), todo: 'Report it: this is a bug in heapdiff.' };
}

/** `kill -USR2 4242` */
export function killCommand(signal: string, pid = process.pid): string {
  return `kill -${signal.replace(/^SIG/, '')} ${pid}`;
}

function countIgnored(signals: number): string {
  if (signals === 0) return '';
  return signals === 1 ? ', 1 signal ignored meanwhile' : `, ${signals} signals ignored meanwhile`;
}

function formatSeconds(ms: number): string {
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
}

/** Whole minutes where they say it all. */
function formatDuration(ms: number): string {
  return ms % 60_000 === 0 ? `${ms / 60_000} min` : formatSeconds(ms);
}

/** For a POSIX shell. */
function quoteArgument(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
