/**
 * The window: what is open between the two captures, how it opens, and how it is given up.
 */
import path from 'node:path';
import { HeapdiffError } from '../errors';
import { type CaptureMode, SESSION_FILES, type SessionEnd } from '../session';
import { announceStart } from './announce';
import { runStep } from './capture-error';
import { countClasses, writeHistogram } from './class-histogram';
import type { AgentContext } from './context';
import { FloorObserver } from './floor';
import { HeapInspector, type SamplingProfile } from './heap-inspector';
import type { HookContext } from './hooks';
import { readLedger } from './ledger';
import { runPause } from './pause';
import { completeEnd, planEnd, resolveMode } from './plan-end';
import type { CapturePlan } from './preflight/preflight';
import { discardFolder } from './session-folder';
import { prepareLineEnds, writeSnapshot } from './snapshot-file';

export interface OpenWindow {
  readonly folder: string;
  /** What mode auto has come to. */
  readonly mode: CaptureMode;
  readonly openedBy: HookContext['reason'];
  readonly before: SessionEnd;
  readonly inspector: HeapInspector;
  readonly floor: FloorObserver;
  /** `performance.now()` when the window was open. */
  readonly openedAt: number;
  /** Mean bytes between two samples; null where nothing is sampled. */
  samplingInterval: number | null;
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
    const { end, plan, histogram, pauseMs, ...opened } =
      mode === 'profile' ? await open() : await runPause(context, { end: 'before', reason: openedBy }, open);
    if (histogram) await writeHistogram(path.join(folder, SESSION_FILES.classesBefore), histogram);
    const preflight = await completeEnd(context, plan, { file: path.join(folder, SESSION_FILES.before), pauseMs });
    const before = { ...end, pauseMs: pauseMs + (preflight?.pauseMs ?? 0), ...(preflight && { preflight }) };
    return { folder, openedBy, inspector, floor, profile: null, before, ...opened };
  } catch (error) {
    releaseWindow({ inspector, floor });
    throw error;
  }
}

type Profiling = Pick<OpenWindow, 'inspector' | 'floor'>;

async function captureStart(context: AgentContext, folder: string, profiling: Profiling) {
  const end = { wallClock: Date.now(), monotonic: performance.now(), units: context.units.read() };
  const memory = await readLedger();
  const requested = context.options.mode;
  const plan = await planEnd(context, { mode: requested, folder, inspector: profiling.inspector, first: null });
  const mode = resolveMode(requested, plan);
  announceStart(context, { mode, folder, preflight: plan?.preflight ?? null });
  const opened = stopProcessToOpen(context, { mode, folder, plan, ...profiling });
  const rssAfterCapture = process.memoryUsage.rss();
  return { end: { ...end, memory, rssAfterCapture }, plan, mode, ...opened };
}

interface Opening extends Profiling {
  readonly mode: CaptureMode;
  readonly folder: string;
  readonly plan: CapturePlan | null;
}

/** The pause of this end, without a turn of the event loop. Nothing in it but V8's own work. */
function stopProcessToOpen({ options }: AgentContext, { mode, folder, plan, inspector, floor }: Opening) {
  const { identity, samplingInterval } = options;
  const begin = performance.now();
  const counts = plan?.preflight.decision === 'histogram';
  const histogram = counts ? runStep('counting objects', () => countClasses(inspector)) : null;
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
  return {
    histogram,
    openedAt,
    pauseMs: openedAt - begin,
    samplingInterval: mode === 'trace' || busy ? null : samplingInterval,
  };
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
