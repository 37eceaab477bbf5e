import { describe, expect, it } from 'vitest';
import {
  correctForMany,
  median,
  pooledDeviation,
  rankTail,
  studentQuantile,
  studentTail,
  summarize,
} from '../../src/diff/statistics';

describe('summaries', () => {
  it('take the middle', () => {
    expect(summarize([3, 1, 2])).toEqual({ median: 2, min: 1, max: 3, count: 3 });
    expect(summarize([4, 1, 2, 3])).toEqual({ median: 2.5, min: 1, max: 4, count: 4 });
    expect(summarize([])).toBeNull();
    expect(median([])).toBe(0);
  });

  it('pool the spread of two samples around their own means', () => {
    expect(pooledDeviation([1, 3], [10, 12])).toBeCloseTo(Math.SQRT2, 12);
    expect(pooledDeviation([5], [7])).toBeNaN();
  });
});

describe("Student's t", () => {
  // Two-sided critical values of the printed tables.
  it.each([
    [12.706, 1, 0.05],
    [4.303, 2, 0.05],
    [2.776, 4, 0.05],
    [4.604, 4, 0.01],
    [8.61, 4, 0.001],
    [2.228, 10, 0.05],
    [2.021, 40, 0.05],
  ])('%d with %d degrees of freedom is exceeded with probability %d', (t, degrees, tail) => {
    expect(studentTail(t, degrees)).toBeCloseTo(tail, 4);
    expect(studentTail(-t, degrees)).toBeCloseTo(tail, 4);
    expect(studentQuantile(tail, degrees)).toBeCloseTo(t, 2);
  });

  it('ends at its bounds', () => {
    expect(studentTail(0, 4)).toBe(1);
    expect(studentTail(Number.POSITIVE_INFINITY, 4)).toBe(0);
    // By the closed form for two degrees of freedom: 1 - t / sqrt(2 + t²).
    expect(studentTail(1000, 2)).toBeCloseTo(1 - 1000 / Math.sqrt(1_000_002), 12);
  });
});

describe('the rank-sum test', () => {
  it('counts orders exactly', () => {
    expect(rankTail([1, 2, 3], [4, 5, 6])).toBeCloseTo(2 / 20, 12);
    expect(rankTail([4, 5, 6], [1, 2, 3])).toBeCloseTo(2 / 20, 12);
    expect(rankTail([1, 2, 4], [3, 5, 6])).toBeCloseTo(4 / 20, 12);
    expect(rankTail([1, 2, 3, 4, 5], [6, 7, 8, 9, 10])).toBeCloseTo(2 / 252, 12);
    expect(rankTail([1], [2])).toBe(1);
  });

  it('is not impressed by equal values', () => {
    expect(rankTail([5, 5, 5], [5, 5, 5])).toBe(1);
  });
});

it('many tests share one limit, the smallest first', () => {
  const expected = [0.01 * 3, 0.04 * 2, 0.04 * 2];
  correctForMany([0.01, 0.04, 0.05]).forEach((value, at) => {
    expect(value).toBeCloseTo(expected[at]!, 12);
  });
  expect(correctForMany([0.5, 0.001, 0.9])).toEqual([1, 0.003, 1]);
  expect(correctForMany([])).toEqual([]);
});
