import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { armWindowTimers } from '../../src/agent/window-timers';

let timers: NodeJS.Timeout[] = [];
beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  for (const timer of timers) clearTimeout(timer);
  vi.useRealTimers();
});

/** What happens within so many milliseconds. */
function during(ms: number, options: object, rssAtOpen = Number.MAX_SAFE_INTEGER): string[] {
  const events: string[] = [];
  const note = (event: string) => () => {
    events.push(event);
  };
  const limits = { mode: 'snapshot', traceLimitMs: 1000, traceLimitBytes: 1, maxTrackingMs: 5000, ...options } as const;
  timers = armWindowTimers({
    ...{ options: limits, rssAtOpen, expire: note('expire'), giveSign: note('sign'), followUnits: null, sampled: null },
  });
  vi.advanceTimersByTime(ms);
  return events;
}

describe('armWindowTimers', () => {
  it('ends a forgotten window, unless maxTrackingMs is 0', () => {
    expect(during(4999, {})).toEqual([]);
    expect(during(5000, {})).toEqual(['expire']);
    expect(during(59_999, { maxTrackingMs: 0 })).toEqual([]);
  });

  it('ends mode trace by its own time', () => {
    expect(during(1000, { mode: 'trace' })).toEqual(['expire']);
  });

  it('ends mode trace when the process has grown too far, and no other mode', () => {
    expect(during(250, { mode: 'trace' }, 0)).toEqual(['expire']);
    expect(during(250, { mode: 'snapshot' }, 0)).toEqual([]);
  });

  it('gives a sign of life every minute', () => {
    expect(during(120_000, { maxTrackingMs: 0 })).toEqual(['sign', 'sign']);
  });
});
