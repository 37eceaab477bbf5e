import { afterEach, describe, expect, it, vi } from 'vitest';
import { NearLimitWatch, readShareInUse } from '../../src/agent/near-limit';

let watch: NearLimitWatch;
afterEach(() => {
  watch.stop();
  vi.useRealTimers();
});

/** A watch at 0.8 that finds these shares in use, one after the other; returns what it did. */
function look(shares: readonly number[], canOpen: () => boolean = () => true): string[] {
  const done: string[] = [];
  const left = [...shares];
  const open = () => {
    done.push(`open at ${shares[shares.length - left.length - 1]}`);
    return canOpen();
  };
  watch = new NearLimitWatch(0.8, { open, close: () => done.push('close') }, () => left.shift()!);
  for (const _ of shares) watch.look();
  return done;
}

describe('NearLimitWatch', () => {
  it('opens a window when the share is reached, and captures when half of the rest is gone', () => {
    expect(look([0.5, 0.79, 0.8, 0.89])).toEqual(['open at 0.8']);
    expect(look([0.5, 0.8, 0.85, 0.9])).toEqual(['open at 0.8', 'close']);
  });

  it('does so once', () => {
    expect(look([0.8, 0.95, 0.5, 0.8, 0.95]).filter((step) => step.startsWith('open'))).toHaveLength(1);
  });

  it('tries again as long as another window is open', () => {
    const answers = [false, true];
    expect(look([0.8, 0.85, 0.95], () => answers.shift()!)).toEqual(['open at 0.8', 'open at 0.85', 'close']);
  });

  it('captures after a minute at the latest', () => {
    vi.useFakeTimers();
    const done = look([0.8]);
    vi.advanceTimersByTime(59_999);
    expect(done).toEqual(['open at 0.8']);
    vi.advanceTimersByTime(1);
    expect(done).toEqual(['open at 0.8', 'close']);
  });
});

it('readShareInUse is a share', () => {
  expect(readShareInUse()).toBeGreaterThan(0);
  expect(readShareInUse()).toBeLessThan(1);
});
