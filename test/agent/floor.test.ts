import { afterEach, describe, expect, it } from 'vitest';
import { FLOOR_CAPACITY, FloorObserver, FloorSeries, readOldGeneration } from '../../src/agent/floor';

const observers: FloorObserver[] = [];
afterEach(() => {
  for (const observer of observers) observer.stop();
});

function observe(): FloorObserver {
  const observer = new FloorObserver(() => 5);
  observers.push(observer);
  return observer;
}

describe('the floor', () => {
  it('takes a reading when told that a GC has just ended', () => {
    const observer = observe();
    const begin = performance.now();
    observer.takeNow();
    const [sample, ...others] = observer.read(begin);
    expect(others).toEqual([]);
    expect(sample!.units).toBe(5);
    expect(sample!.bytes).toBeGreaterThan(1_000_000);
  });

  it('reads what objects hold outside of the heap beside what is in it', () => {
    const observer = observe();
    const begin = performance.now();
    observer.takeNow();
    const kept = Buffer.alloc(40_000_000, 1);
    observer.takeNow();
    const [before, after] = observer.read(begin);
    expect(after!.external! - before!.external!).toBeGreaterThan(35_000_000);
    expect(after!.bytes - before!.bytes).toBeLessThan(5_000_000);
    expect(kept).toHaveLength(40_000_000);
  });

  it('gives only the readings since the window was open', () => {
    const observer = observe();
    observer.takeNow();
    expect(observer.read(performance.now() + 1)).toEqual([]);
  });

  it('does not count young garbage', () => {
    const rounds = Array.from({ length: 10 }, () => {
      const before = readOldGeneration();
      const garbage = Array.from({ length: 5000 }, (_, id) => ({ id }));
      return { garbage, grown: readOldGeneration() - before };
    });
    // A collection may come in between and make objects old; it does not in every round.
    expect(Math.min(...rounds.map(({ grown }) => grown))).toBeLessThan(200_000);
    expect(rounds.every(({ garbage }) => garbage.length === 5000)).toBe(true);
  });

  it('stays bounded and even however many collections there are', () => {
    const series = new FloorSeries();
    for (let at = 0; at < 20_000; at += 1) {
      if (series.offer()) series.keep({ monotonic: at, bytes: at });
      expect(series.samples.length).toBeLessThan(FLOOR_CAPACITY);
    }
    const times = series.samples.map(({ monotonic }) => monotonic);
    expect(times[0]).toBe(0);
    expect(times.at(-1)).toBeGreaterThan(19_900);
    const gaps = times.slice(1).map((time, at) => time - times[at]!);
    expect(Math.max(...gaps)).toBeLessThanOrEqual(2 * Math.min(...gaps));
  });
});
