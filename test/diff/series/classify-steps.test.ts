import { describe, expect, it } from 'vitest';
import { classifySteps, isEven, stepsOf } from '../../../src/diff/series/classify-steps';

describe('classifySteps', () => {
  it.each([
    ['rising', [0, 100, 200], null],
    ['rising', [0, 100, 180, 300], null],
    ['rising', [50, 60, 160], [100, 900]],
    ['levelled', [0, 1_000, 1_010], null],
    ['levelled', [0, 600, 900, 1_000, 1_000], null],
    ['levelled', [0, 100, 150], [100, 900]],
    ['emptied', [0, 900, 300, 1_000], null],
    ['uneven', [0, 0, 500], null],
    ['uneven', [0, 500, 510, 1_000], null],
    ['steady', [100, 120, 100], null],
    ['steady', [100, 40, 30], null],
  ] as const)('%s: %j over work %j', (kind, values, work) => expect(classifySteps(values, work)).toBe(kind));

  it('leaves work aside that is not known for every step', () => {
    expect(classifySteps([0, 100, 200], [100, 0])).toBe('rising');
    expect(classifySteps([0, 100, 200], [100])).toBe('rising');
  });
});

it('isEven', () => {
  expect(isEven([0, 100, 190], null)).toBe(true);
  expect(isEven([0, 100, 400], null)).toBe(false);
  expect(isEven([0, 100, 400], [100, 300])).toBe(true);
});

it('stepsOf', () => expect(stepsOf([1, 5, 3])).toEqual([4, -2]));
