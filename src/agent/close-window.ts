/**
 * Closes a window: profile, snapshot B, and the record as the last file, whose presence means that all is complete.
 */
import path from 'node:path';
import { SESSION_FILES, type SessionEnd, type SessionRecord, type SessionScript } from '../session';
import { runStep, toCaptureError } from './capture-error';
import { writeComplete } from './complete-file';
import type { AgentContext } from './context';
import type { FloorObserver } from './floor';
import { readLedger } from './ledger';
import type { ClosedBy } from './machine';
import { describeCapturing } from './messages';
import { runPause } from './pause';
import { buildRecord } from './record';
import { settleFolder } from './session-folder';
import { completeSnapshot, prepareLineEnds, writeSnapshot } from './snapshot-file';
import { drainSignals, takeTurn } from './turns';
import { type OpenWindow, releaseWindow } from './window';

export interface Closing {
  readonly closedBy: ClosedBy;
  /** Read when the record is written. */
  readonly ignoredSignals: () => number;
}

/** Writes the rest of the session; then the window is over. Throws HeapdiffError, leaving the window to be flushed. */
export async function closeWindow(
  context: AgentContext,
  window: OpenWindow,
  { closedBy, ignoredSignals }: Closing,
): Promise<SessionRecord> {
  const { mode } = context.options;
  // A forgotten window is no reason to stop the process: only mode trace has its time limit for the sake of B.
  const writesSnapshot = mode === 'trace' || (mode === 'snapshot' && closedBy !== 'limit');
  const capture = () => captureEnd(context, window, { closedBy, writesSnapshot });
  const { after, scripts } = writesSnapshot
    ? await runPause(context, { end: 'after', reason: closedBy }, capture)
    : await capture();
  if (writesSnapshot) await completeSnapshot(path.join(window.folder, SESSION_FILES.after));
  // The record's list of scripts is no reason to make the pause longer.
  await takeTurn();
  const facts = { after, scripts: scripts ?? window.inspector.listScripts(), closedBy };
  releaseWindow(window);
  await drainSignals();
  const record = buildRecord(context, window, { ...facts, ignoredSignals: ignoredSignals() });
  await writeFile(path.join(window.folder, SESSION_FILES.record), `${JSON.stringify(record)}\n`);
  settleFolder(window.folder);
  return record;
}

interface EndPlan {
  readonly closedBy: ClosedBy;
  readonly writesSnapshot: boolean;
}

async function captureEnd(context: AgentContext, window: OpenWindow, { closedBy, writesSnapshot }: EndPlan) {
  context.tell(describeCapturing(context.options, closedBy, writesSnapshot));
  const end = { wallClock: Date.now(), monotonic: performance.now(), units: context.units.read() };
  const memory = await readLedger();
  const profilePauseMs = await saveProfile(window);
  const { pauseMs, scripts } = writesSnapshot ? stopProcessToCapture(window) : { pauseMs: 0, scripts: null };
  const after: SessionEnd = { ...end, memory, pauseMs: profilePauseMs + pauseMs };
  return { after, scripts };
}

/**
 * Stops sampling and writes the profile. Written before B, and not inside its pause: as objects of the heap
 * the profile would be growth in B. Resolves to the milliseconds that V8 stopped the process for.
 */
async function saveProfile(window: OpenWindow): Promise<number> {
  if (!window.sampling) return 0;
  const begin = performance.now();
  window.profile = runStep('reading the sampling profile', () => window.inspector.stopSampling());
  finishFloor(window.floor);
  const pauseMs = performance.now() - begin;
  await writeFile(path.join(window.folder, SESSION_FILES.profile), JSON.stringify(window.profile));
  window.profile = null;
  return pauseMs;
}

/** The pause for B. Stack tracing is still on, so that B holds the stacks; at the end V8 is back at full speed. */
function stopProcessToCapture({ folder, inspector, sampling, floor }: OpenWindow) {
  const begin = performance.now();
  const scripts: SessionScript[] | null = prepareLineEnds(inspector);
  writeSnapshot(path.join(folder, SESSION_FILES.after));
  if (!sampling) finishFloor(floor);
  inspector.resetTracking();
  return { pauseMs: performance.now() - begin, scripts };
}

/** A full GC has just ended: the last reading, and what V8 tells of that GC later is no second one. */
export function finishFloor(floor: FloorObserver): void {
  floor.takeNow();
  floor.stop();
}

async function writeFile(file: string, text: string): Promise<void> {
  await writeComplete(file, text).catch((cause) => {
    throw toCaptureError(`writing ${file}`, cause);
  });
}
