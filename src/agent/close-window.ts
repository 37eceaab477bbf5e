/**
 * Closes a window: profile, snapshot B, and the record as the last file, whose presence means that all is complete.
 */
import path from 'node:path';
import { SESSION_FILES, type SessionEnd, type SessionRecord } from '../session';
import { announceCapture } from './announce';
import { runStep, toCaptureError } from './capture-error';
import { countClasses, writeHistogram } from './class-histogram';
import { writeComplete } from './complete-file';
import type { AgentContext } from './context';
import type { FloorObserver } from './floor';
import type { LastSnapshot } from './last-snapshot';
import { readLedger } from './ledger';
import type { ClosedBy } from './machine';
import { runPause } from './pause';
import { completeEnd, planEnd } from './plan-end';
import type { CapturePlan } from './preflight/preflight';
import { buildRecord } from './record';
import { settleFolder } from './session-folder';
import { prepareLineEnds, writeSnapshot } from './snapshot-file';
import { drainSignals, takeTurn } from './turns';
import { type OpenWindow, releaseWindow } from './window';

export interface Closing {
  readonly closedBy: ClosedBy | 'recycled';
  /** Why the worker was recycled. */
  readonly recycled?: string;
  /** Of a worker that was recycled: takes the place of what else would be captured at the end. */
  readonly last?: LastSnapshot;
  /** Read when the record is written. */
  readonly ignoredSignals: () => number;
}

/** Writes the rest of the session; then the window is over. Throws HeapdiffError, leaving the window to be flushed. */
export async function closeWindow(
  context: AgentContext,
  window: OpenWindow,
  { closedBy, recycled, last, ignoredSignals }: Closing,
): Promise<SessionRecord> {
  const { folder, mode, before } = window;
  // A forgotten window is no reason to stop the process: only mode trace has its time limit for the sake of B.
  const first = mode === 'trace' || closedBy !== 'limit' ? findFirst(before) : null;
  const capture = () => captureEnd(context, window, { closedBy, first, last });
  const { end, plan, histogram, pauseMs } = first
    ? await runPause(context, { end: 'after', reason: closedBy }, capture)
    : await capture();
  if (histogram) await writeHistogram(path.join(folder, SESSION_FILES.classesAfter), histogram);
  last?.release();
  const written = { file: path.join(folder, SESSION_FILES.after), pauseMs: pauseMs.capture };
  const preflight = await completeEnd(context, plan, written);
  const pauses = pauseMs.profile + pauseMs.capture + (preflight?.pauseMs ?? 0);
  const after: SessionEnd = { ...end, pauseMs: pauses, ...(preflight && { preflight }) };
  // The record's list of scripts is no reason to make the pause longer.
  await takeTurn();
  const facts = {
    ...{ after, scripts: window.inspector.listScripts(), closedBy },
    ...(recycled === undefined ? {} : { recycled }),
  };
  releaseWindow(window);
  await drainSignals();
  const record = buildRecord(context, window, { ...facts, ignoredSignals: ignoredSignals() }, last?.why);
  await writeFile(path.join(window.folder, SESSION_FILES.record), `${JSON.stringify(record)}\n`);
  settleFolder(window.folder);
  return record;
}

/** What A is that B can be compared with; null: nothing. */
function findFirst({ preflight }: SessionEnd): 'snapshot' | 'histogram' | null {
  return preflight?.decision === 'snapshot' || preflight?.decision === 'histogram' ? preflight.decision : null;
}

interface EndPlan {
  readonly closedBy: Closing['closedBy'];
  readonly first: 'snapshot' | 'histogram' | null;
  readonly last: LastSnapshot | undefined;
}

async function captureEnd(context: AgentContext, window: OpenWindow, { closedBy, first, last }: EndPlan) {
  const { mode, folder, inspector } = window;
  const end = { wallClock: Date.now(), monotonic: performance.now(), units: context.units.read() };
  const memory = await readLedger();
  const profilePauseMs = await saveProfile(window);
  const plan = last ? await last.plan(window) : first && (await planEnd(context, { mode, folder, inspector, first }));
  announceCapture(context, { mode, closedBy, preflight: plan?.preflight ?? null });
  const { pauseMs, ...captured } = stopProcessToCapture(window, plan);
  return { end: { ...end, memory }, plan, ...captured, pauseMs: { profile: profilePauseMs, capture: pauseMs } };
}

/**
 * Stops sampling and writes the profile. Written before B, and not inside its pause: as objects of the heap
 * the profile would be growth in B. Resolves to the milliseconds that V8 stopped the process for.
 */
async function saveProfile(window: OpenWindow): Promise<number> {
  if (window.samplingInterval === null) return 0;
  const begin = performance.now();
  window.profile = runStep('reading the sampling profile', () => window.inspector.stopSampling());
  finishFloor(window.floor);
  const pauseMs = performance.now() - begin;
  await writeFile(path.join(window.folder, SESSION_FILES.profile), JSON.stringify(window.profile));
  window.profile = null;
  return pauseMs;
}

/** The pause for B, if there is one. Stack tracing is still on, so that B holds the stacks; at the end V8 is back at full speed. */
function stopProcessToCapture({ folder, inspector, samplingInterval, floor }: OpenWindow, plan: CapturePlan | null) {
  const decision = plan?.preflight.decision;
  const begin = performance.now();
  const histogram = decision === 'histogram' ? runStep('counting objects', () => countClasses(inspector)) : null;
  if (decision === 'snapshot') {
    prepareLineEnds(inspector);
    writeSnapshot(path.join(folder, SESSION_FILES.after));
  }
  if (samplingInterval === null) finishFloor(floor);
  if (decision) inspector.resetTracking();
  return { histogram, pauseMs: performance.now() - begin };
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
