/**
 * Keeps what an open window has, without a turn of the event loop: the process ends, or its capture has failed.
 */
import fs from 'node:fs';
import path from 'node:path';
import { SESSION_FILES, type SessionEnd } from '../session';
import { finishFloor } from './close-window';
import { removePartialsSync, writeCompleteSync } from './complete-file';
import type { AgentContext } from './context';
import { readLedgerSync } from './ledger';
import { buildRecord, type RecordFacts } from './record';
import { discardFolderSync, settleFolder } from './session-folder';
import { completeSnapshotSync } from './snapshot-file';
import { type OpenWindow, releaseWindow } from './window';

/**
 * Writes the profile, gives B its name if V8 has finished it, and marks the record as interrupted: `reason` says by what,
 * `cause` what had begun to close the window, if anything had. The longest step is the full GC with which sampling ends.
 * True: the session can be read; false: nothing is left of it. Never throws.
 */
export function flushWindow(
  context: AgentContext,
  window: OpenWindow,
  reason: string,
  ignoredSignals: number,
  cause: Pick<RecordFacts, 'closedBy' | 'recycled'> = {},
): boolean {
  const record = path.join(window.folder, SESSION_FILES.record);
  // The process ends between the last file and the news of it.
  if (fs.existsSync(record)) {
    settleFolder(window.folder);
    return true;
  }
  const begin = performance.now();
  const end = { wallClock: Date.now(), monotonic: begin, units: context.units.read() };
  const memory = readLedgerSync();
  attempt(() => flushProfile(window));
  attempt(() => completeSnapshotSync(path.join(window.folder, SESSION_FILES.after)));
  const after: SessionEnd = { ...end, memory, pauseMs: performance.now() - begin };
  const scripts = attempt(() => window.inspector.listScripts()) ?? [];
  releaseWindow(window);
  const facts = { after, scripts, interrupted: reason, ignoredSignals, ...cause };
  const kept = attempt(() => {
    writeCompleteSync(record, `${JSON.stringify(buildRecord(context, window, facts))}\n`);
    return true;
  });
  // Of a file that was being written when the process was told to end.
  attempt(() => removePartialsSync(window.folder));
  if (kept) settleFolder(window.folder);
  else discardFolderSync(window.folder);
  return kept ?? false;
}

function flushProfile(window: OpenWindow): void {
  const file = path.join(window.folder, SESSION_FILES.profile);
  if (window.samplingInterval === null || fs.existsSync(file)) return;
  if (!window.profile) {
    window.profile = window.inspector.stopSampling();
    finishFloor(window.floor);
  }
  writeCompleteSync(file, JSON.stringify(window.profile));
}

/** One part that fails is no reason to lose the others. */
function attempt<Result>(body: () => Result): Result | null {
  try {
    return body();
  } catch {
    return null;
  }
}
