import { afterEach, describe, expect, it, vi } from 'vitest';
import { NearLimitWatch, readOldLimit, readShareInUse } from '../../src/agent/near-limit';

let watch: NearLimitWatch;
afterEach(() => {
  watch.stop();
  vi.useRealTimers();
});

/** A watch at 0.8 that finds these shares in use, one after the other; returns what it did. */
function look(shares: readonly number[], canOpen: () => boolean = () => true, times = shares.length): string[] {
  const done: string[] = [];
  const left = [...shares];
  const open = () => {
    done.push(`open at ${shares[shares.length - left.length - 1]}`);
    return canOpen();
  };
  watch = new NearLimitWatch(0.8, { open, close: () => done.push('close') }, () => left.shift()!);
  for (let n = 0; n < times; n += 1) watch.look();
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

  it('looks again while its window is open, also without a collection', () => {
    vi.useFakeTimers();
    const uses = [0.8, 0.85, 0.91];
    const done: string[] = [];
    watch = new NearLimitWatch(0.8, { open: () => true, close: () => done.push('close') }, () => uses.shift()!);
    watch.look();
    vi.advanceTimersByTime(250);
    expect(done).toEqual([]);
    vi.advanceTimersByTime(250);
    expect(done).toEqual(['close']);
  });

  it('captures after a minute at the latest', () => {
    vi.useFakeTimers();
    const done = look(new Array(300).fill(0.8), undefined, 1);
    vi.advanceTimersByTime(59_999);
    expect(done).toEqual(['open at 0.8']);
    vi.advanceTimersByTime(1);
    expect(done).toEqual(['open at 0.8', 'close']);
  });
});

it.each([
  [['--max-old-space-size=200'], 200],
  [['--max_old_space_size=200', '--max-old-space-size=300'], 300],
  [['--max-old-space-size=0'], null],
  [['--expose-gc'], null],
])('readOldLimit(%j) is %s MB', (flags, megabytes) => {
  expect(readOldLimit(flags)).toBe(megabytes === null ? null : megabytes * 1024 * 1024);
});

it('readShareInUse is a share', () => {
  expect(readShareInUse()).toBeGreaterThan(0);
  expect(readShareInUse()).toBeLessThan(1);
});
