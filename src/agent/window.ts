/**
 * The window: what is open between the two captures, how it opens, and how it is given up.
 */
import path from 'node:path';
import { HeapdiffError } from '../errors';
import { SESSION_FILES, type SessionEnd } from '../session';
import { runStep } from './capture-error';
import type { AgentContext } from './context';
import { FloorObserver } from './floor';
import { HeapInspector } from './heap-inspector';
import { readLedger } from './ledger';
import { describeStarting } from './messages';
import { createSessionFolder, discardFolder } from './session-folder';
import { completeSnapshot, prepareLineEnds, writeSnapshot } from './snapshot-file';

export interface OpenWindow {
  readonly folder: string;
  readonly before: SessionEnd;
  readonly inspector: HeapInspector;
  readonly floor: FloorObserver;
  /** `performance.now()` when the window was open. */
  readonly openedAt: number;
  readonly sampling: boolean;
}

/**
 * Writes A and opens the window. `sessions`: how many this process has begun, this one included.
 * Throws HeapdiffError, leaving nothing open and nothing written.
 */
export async function openWindow(context: AgentContext, sessions: number): Promise<OpenWindow> {
  const { options, units } = context;
  const folder = createSessionFolder(options.dir, options.app, sessions);
  context.tell(describeStarting(options.mode, folder));
  let profiling: Pick<OpenWindow, 'inspector' | 'floor'> | null = null;
  try {
    const inspector = runStep('connecting to the inspector', () => new HeapInspector());
    const floor = new FloorObserver(() => units.total());
    profiling = { inspector, floor };
    const end = { wallClock: Date.now(), monotonic: performance.now(), units: units.read() };
    const memory = await readLedger();
    const opened = stopProcessToOpen(context, folder, inspector, floor);
    if (options.mode !== 'profile') await completeSnapshot(path.join(folder, SESSION_FILES.before));
    const rssAfterCapture = process.memoryUsage.rss();
    const before = { ...end, memory, pauseMs: opened.pauseMs, rssAfterCapture };
    return { folder, inspector, floor, before, ...opened };
  } catch (error) {
    if (profiling) releaseWindow(profiling);
    await discardFolder(folder);
    throw error;
  }
}

/** The pause of this end, without a turn of the event loop. Nothing in it but V8's own work. */
function stopProcessToOpen({ options }: AgentContext, folder: string, inspector: HeapInspector, floor: FloorObserver) {
  const { mode, identity, samplingInterval } = options;
  const begin = performance.now();
  if (mode !== 'profile') {
    prepareLineEnds(inspector);
    writeSnapshot(path.join(folder, SESSION_FILES.before));
  }
  if (mode === 'snapshot' && !identity) inspector.resetTracking();
  const busy = mode !== 'trace' && inspector.isSampling();
  if (busy && mode === 'profile') throw samplerTaken();
  if (mode === 'trace') inspector.startTracing();
  else if (!busy) inspector.startSampling(samplingInterval);
  const openedAt = performance.now();
  // A snapshot begins with a full GC, sampling does not.
  if (mode !== 'profile') floor.takeNow();
  return { openedAt, pauseMs: openedAt - begin, sampling: mode !== 'trace' && !busy };
}

function samplerTaken(): HeapdiffError {
  return new HeapdiffError('CAPTURE_FAILED', {
    step: 'sampling',
    reason: 'another profiler is sampling this process',
    todo: 'Stop that one, or use mode snapshot.',
  });
}

/** Ends all profiling and brings the isolate back to full speed. Never throws. */
export function releaseWindow({ inspector, floor }: Pick<OpenWindow, 'inspector' | 'floor'>): void {
  floor.stop();
  try {
    inspector.resetTracking();
  } catch {
    // Closing the session ends tracking as well; this only makes sure of it while the session can still answer.
  }
  inspector.close();
}

/** Gives a window up: nothing stays open, nothing stays on disk. */
export async function abandonWindow(window: OpenWindow): Promise<void> {
  releaseWindow(window);
  await discardFolder(window.folder);
}
