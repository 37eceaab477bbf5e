import { describe, expect, it } from 'vitest';
import { compareSamples, type Samples } from '../../../src/diff/runs/compare-samples';

const KB = 1000;
const samples = (one: number[], other: number[], more: Partial<Samples> = {}): Samples => ({
  ...{ one: one.map((value) => value * KB), other: other.map((value) => value * KB) },
  ...{ least: 128 * KB, leastDeviation: 16 * KB },
  ...more,
});
const isBeyond = (...family: Samples[]) => compareSamples(family).map(({ beyondNoise }) => beyondNoise);

describe('a difference between three workers and three', () => {
  it('counts when it stands out', () => {
    const [found] = compareSamples([samples([5, 0, 9], [2000, 2100, 1950])]);
    expect(found).toMatchObject({ difference: 1995 * KB, beyondNoise: true });
    expect(found!.probability).toBeLessThan(0.001);
  });

  it.each([
    ['too small to matter', [0, 0, 0], [100, 100, 100]],
    ['lost in the spread', [0, 900, 300], [1500, 400, 2200]],
    ['of one worker only', [0, 0, 0], [0, 0, 3000]],
    ['not of every worker', [0, 10, 2000], [2100, 2200, 1990]],
    ['none', [800, 800, 800], [800, 800, 800]],
  ])('does not when it is %s', (_, one, other) => expect(isBeyond(samples(one, other))).toEqual([false]));

  it('is held against the typical spread, not a spread that is small by chance', () => {
    const lucky = samples([300, 300, 300], [450, 450, 450]);
    const noisy = [samples([0, 200, 400], [390, 10, 180]), samples([900, 500, 700], [690, 910, 520])];
    expect(isBeyond(lucky)).toEqual([true]);
    expect(isBeyond(lucky, ...noisy)).toEqual([false, false, false]);
  });

  it('must be less probable the more is compared', () => {
    const close = samples([300, 330, 360], [560, 590, 620]);
    const quiet = samples([500, 530, 560], [560, 530, 500]);
    expect(isBeyond(close)[0]).toBe(true);
    expect(isBeyond(close, ...new Array<Samples>(60).fill(quiet))[0]).toBe(false);
  });

  it('costs no power where nothing reaches a size that matters', () => {
    const close = samples([300, 330, 360], [560, 590, 620]);
    const tiny = samples([20, 50, 80], [80, 50, 20]);
    expect(isBeyond(close, ...new Array<Samples>(60).fill(tiny))[0]).toBe(true);
  });
});

describe('one worker each', () => {
  it('leaves noise unknown: only what is large and most of the larger counts', () => {
    const [found] = compareSamples([samples([10], [2000])]);
    expect(found).toMatchObject({ noise: null, probability: null, beyondNoise: true });
    expect(isBeyond(samples([0], [400]))).toEqual([false]);
    expect(isBeyond(samples([5000], [7000]))).toEqual([false]);
    expect(isBeyond(samples([0, 10], [2000]))).toEqual([true]);
  });
});

it('a run without figures differs from nothing', () => {
  expect(compareSamples([samples([], [2000, 2000])])).toMatchObject([
    { noise: null, probability: null, beyondNoise: false },
  ]);
});

it('of many like comparisons hardly any raises a false alarm', () => {
  // Growth as sessions show it: most constructors still, some noisy, one in ten jumps by a warm-up in every other worker.
  const random = mulberry32(20261121);
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const growthOf = (row: number) => {
    const jump = row % 10 === 0 && random() < 0.5 ? 300 : 0;
    return 100 + jump + normal() * (5 + 4 * row);
  };
  const worker = (row: number, count: number) => Array.from({ length: count }, () => growthOf(row));
  let alarms = 0;
  const repetitions = 500;
  for (let repetition = 0; repetition < repetitions; repetition++) {
    const family = Array.from({ length: 40 }, (_, row) => samples(worker(row, 3), worker(row, 3)));
    if (isBeyond(...family).includes(true)) alarms++;
  }
  expect(alarms / repetitions).toBeLessThanOrEqual(0.02);
});

function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
