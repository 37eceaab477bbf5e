/** What happens by itself while a window is open. None of it keeps the event loop alive. */
import type { AgentOptions } from './options';
import { limitSampling, type SampledWindow } from './sampling-limit';

/** Milliseconds between two signs of life. */
const SIGN_INTERVAL = 60_000;
/** Milliseconds between two updates of the units of work, where somebody follows them. */
const UNITS_INTERVAL = 500;
/** Milliseconds between two looks at how far a traced process has grown. */
const GROWTH_INTERVAL = 250;

export interface WindowTimers {
  readonly options: Pick<AgentOptions, 'mode' | 'traceLimitMs' | 'traceLimitBytes' | 'maxTrackingMs'>;
  /** RSS when the window opened, bytes. */
  readonly rssAtOpen: number;
  /** The time is over, or the memory used up. */
  readonly expire: () => void;
  /** Tells agents in other containers that the window is still open. */
  readonly giveSign: () => void;
  /** Null where nobody follows the units. */
  readonly followUnits: (() => void) | null;
  /** The window that may be sampled more coarsely; null where the ids of objects must not be forgotten. */
  readonly sampled: SampledWindow | null;
}

/** Clear them when the window closes. */
export function armWindowTimers({ options, rssAtOpen, sampled, ...events }: WindowTimers): NodeJS.Timeout[] {
  const { expire, giveSign, followUnits } = events;
  const { mode, traceLimitMs, traceLimitBytes, maxTrackingMs } = options;
  const timers = [setInterval(giveSign, SIGN_INTERVAL)];
  const limit = mode === 'trace' ? traceLimitMs : maxTrackingMs;
  if (limit > 0) timers.push(setTimeout(expire, limit));
  if (mode === 'trace') {
    // Stacks take memory too.
    const look = () => process.memoryUsage.rss() - rssAtOpen > traceLimitBytes && expire();
    timers.push(setInterval(look, GROWTH_INTERVAL));
  }
  if (followUnits) timers.push(setInterval(followUnits, UNITS_INTERVAL));
  if (sampled) timers.push(...limitSampling(sampled));
  for (const timer of timers) timer.unref();
  return timers;
}
