/**
 * Closes a window: profile, snapshot B, and the record as the last file, whose presence means that all is complete.
 */
import path from 'node:path';
import { SESSION_FILES, SESSION_SCHEMA, type SessionEnd, type SessionRecord, type SessionScript } from '../session';
import { runStep, toCaptureError } from './capture-error';
import { writeComplete } from './complete-file';
import type { AgentContext } from './context';
import type { FloorObserver } from './floor';
import { readLedger } from './ledger';
import type { ClosedBy } from './machine';
import { describeCapturing } from './messages';
import { detectRunMode, readProcessFlags } from './run-mode';
import { settleFolder } from './session-folder';
import { completeSnapshot, prepareLineEnds, writeSnapshot } from './snapshot-file';
import { drainSignals, takeTurn } from './turns';
import { type OpenWindow, releaseWindow } from './window';

export interface Closing {
  readonly closedBy: ClosedBy;
  /** Read when the record is written. */
  readonly ignoredSignals: () => number;
}

/**
 * Writes the rest of the session. The window is over when this settles, whether it succeeds or not.
 * Throws HeapdiffError; A, if there is one, stays where it is.
 */
export async function closeWindow(
  context: AgentContext,
  window: OpenWindow,
  { closedBy, ignoredSignals }: Closing,
): Promise<SessionRecord> {
  context.tell(describeCapturing(context.options.mode, closedBy));
  let pauseMs: number;
  let scripts: SessionScript[];
  const end = { wallClock: Date.now(), monotonic: performance.now(), units: context.units.read() };
  const memory = await readLedger();
  try {
    pauseMs = await saveProfile(window);
    const capture = stopProcessToCapture(context, window);
    pauseMs += capture.pauseMs;
    if (context.options.mode !== 'profile') await completeSnapshot(path.join(window.folder, SESSION_FILES.after));
    // The record's list of scripts is no reason to make that pause longer.
    await takeTurn();
    scripts = capture.scripts ?? window.inspector.listScripts();
  } finally {
    releaseWindow(window);
  }
  await drainSignals();
  const after: SessionEnd = { ...end, memory, pauseMs };
  const facts = { after, scripts, closedBy, ignoredSignals: ignoredSignals() };
  const record = buildRecord(context, window, facts);
  const file = path.join(window.folder, SESSION_FILES.record);
  await writeComplete(file, `${JSON.stringify(record)}\n`).catch((cause) => {
    throw toCaptureError(`writing ${file}`, cause);
  });
  settleFolder(window.folder);
  return record;
}

/**
 * Stops sampling and writes the profile. Written before B, and not inside its pause: as objects of the heap
 * the profile would be growth in B. Resolves to the milliseconds that V8 stopped the process for.
 */
async function saveProfile({ folder, inspector, sampling, floor }: OpenWindow): Promise<number> {
  if (!sampling) return 0;
  const begin = performance.now();
  const profile = runStep('reading the sampling profile', () => inspector.stopSampling());
  finishFloor(floor);
  const pauseMs = performance.now() - begin;
  const file = path.join(folder, SESSION_FILES.profile);
  await writeComplete(file, JSON.stringify(profile)).catch((cause) => {
    throw toCaptureError(`writing ${file}`, cause);
  });
  return pauseMs;
}

/** The pause for B. Stack tracing is still on, so that B holds the stacks; at the end V8 is back at full speed. */
function stopProcessToCapture({ options }: AgentContext, { folder, inspector, sampling, floor }: OpenWindow) {
  if (options.mode === 'profile') return { pauseMs: 0, scripts: null };
  const begin = performance.now();
  const scripts = prepareLineEnds(inspector);
  writeSnapshot(path.join(folder, SESSION_FILES.after));
  if (!sampling) finishFloor(floor);
  inspector.resetTracking();
  return { pauseMs: performance.now() - begin, scripts };
}

/** A full GC has just ended: the last reading, and what V8 tells of that GC later is no second one. */
function finishFloor(floor: FloorObserver): void {
  floor.takeNow();
  floor.stop();
}

interface Facts {
  readonly after: SessionEnd;
  readonly scripts: readonly SessionScript[];
  readonly closedBy: ClosedBy;
  readonly ignoredSignals: number;
}

function buildRecord(context: AgentContext, window: OpenWindow, facts: Facts): SessionRecord {
  const { options, workerId, threadId, fromSnapshot, boot } = context;
  return {
    schema: SESSION_SCHEMA,
    app: options.app,
    pid: process.pid,
    ppid: process.ppid,
    workerId,
    threadId,
    argv: process.argv,
    nodeVersion: process.version,
    v8Version: process.versions.v8,
    runMode: detectRunMode(options.runMode, readProcessFlags(fromSnapshot)),
    ...(boot.ms === null ? {} : { bootMs: boot.ms }),
    captureMode: options.mode,
    samplingInterval: window.sampling ? options.samplingInterval : null,
    idsComparable: options.mode === 'trace' || (options.mode === 'snapshot' && options.identity),
    before: window.before,
    after: facts.after,
    scripts: facts.scripts,
    floor: window.floor.read(window.openedAt),
    skipped: listSkipped(options.mode, window.sampling),
    closedBy: facts.closedBy,
    ignoredSignals: facts.ignoredSignals,
  };
}

function listSkipped(mode: AgentContext['options']['mode'], sampling: boolean): SessionRecord['skipped'] {
  const skipped: { what: string; why: string }[] = [];
  if (mode === 'profile') {
    const why = 'mode profile writes no snapshot';
    skipped.push({ what: SESSION_FILES.before, why }, { what: SESSION_FILES.after, why });
  }
  if (mode === 'trace') skipped.push({ what: SESSION_FILES.profile, why: 'mode trace keeps exact stacks in B' });
  else if (!sampling) skipped.push({ what: SESSION_FILES.profile, why: 'another profiler was sampling this process' });
  return skipped;
}
