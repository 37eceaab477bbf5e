/**
 * The window: what is open between the two captures, how it opens, and how it is given up.
 */
import path from 'node:path';
import { HeapdiffError } from '../errors';
import { SESSION_FILES, type SessionEnd } from '../session';
import { runStep } from './capture-error';
import type { AgentContext } from './context';
import { FloorObserver } from './floor';
import { HeapInspector, type SamplingProfile } from './heap-inspector';
import type { HookContext } from './hooks';
import { readLedger } from './ledger';
import { describeStarting } from './messages';
import { runPause } from './pause';
import { discardFolder } from './session-folder';
import { completeSnapshot, prepareLineEnds, writeSnapshot } from './snapshot-file';

export interface OpenWindow {
  readonly folder: string;
  readonly before: SessionEnd;
  readonly inspector: HeapInspector;
  readonly floor: FloorObserver;
  /** `performance.now()` when the window was open. */
  readonly openedAt: number;
  readonly sampling: boolean;
  /** Once sampling has ended, until it is written. */
  profile: SamplingProfile | null;
}

/** Writes A to the folder and opens the window. Throws HeapdiffError, leaving nothing open. */
export async function openWindow(
  context: AgentContext,
  folder: string,
  openedBy: HookContext['reason'],
): Promise<OpenWindow> {
  const { mode } = context.options;
  const inspector = runStep('connecting to the inspector', () => new HeapInspector());
  const floor = new FloorObserver(() => context.units.total());
  const open = () => captureStart(context, folder, { inspector, floor });
  try {
    const opened =
      mode === 'profile' ? await open() : await runPause(context, { end: 'before', reason: openedBy }, open);
    if (mode !== 'profile') await completeSnapshot(path.join(folder, SESSION_FILES.before));
    return { folder, inspector, floor, profile: null, ...opened };
  } catch (error) {
    releaseWindow({ inspector, floor });
    throw error;
  }
}

type Profiling = Pick<OpenWindow, 'inspector' | 'floor'>;

async function captureStart(context: AgentContext, folder: string, profiling: Profiling) {
  context.tell(describeStarting(context.options.mode, folder));
  const end = { wallClock: Date.now(), monotonic: performance.now(), units: context.units.read() };
  const memory = await readLedger();
  const { pauseMs, ...opened } = stopProcessToOpen(context, folder, profiling);
  const before: SessionEnd = { ...end, memory, pauseMs, rssAfterCapture: process.memoryUsage.rss() };
  return { before, ...opened };
}

/** The pause of this end, without a turn of the event loop. Nothing in it but V8's own work. */
function stopProcessToOpen({ options }: AgentContext, folder: string, { inspector, floor }: Profiling) {
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
export function releaseWindow({ inspector, floor }: Profiling): void {
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
