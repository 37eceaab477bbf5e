import { describe, expect, it } from 'vitest';
import type { Trend } from '../../../src/diff/trend';
import type { Suspect } from '../../../src/diff/types';
import type { Evidence } from '../../../src/diff/verdict/evidence';
import { findLeader } from '../../../src/diff/verdict/leader';
import { makeEvidence, makeSuspect, makeTrend } from '../../support/sample-evidence';

const MB = 1_000_000;

describe('findLeader', () => {
  const lead = (suspects: Suspect[], trend: Trend, more: Partial<Evidence> = {}) =>
    findLeader(makeEvidence({ totalBytes: 7 * MB, suspects, trend, ...more }));
  const cacheAndLeak = [makeSuspect(4 * MB, 450), makeSuspect(2 * MB, 777)];

  it('puts what is in step before a larger cache that filled', () => {
    expect(lead(cacheAndLeak, makeTrend('rising', 6 * MB, MB))).toBe(1);
  });

  it('which may be no larger than what the floor is off by', () => {
    const cacheBesideLeak = [makeSuspect(287_000, 570), makeSuspect(240_000, 777)];
    const floor = (late: number, noiseBytes = 0) => ({ ...makeTrend('rising', 650_000, late), noiseBytes });
    expect(lead(cacheBesideLeak, floor(230_000))).toBe(1);
    expect(lead(cacheBesideLeak, floor(290_000))).toBe(0);
    expect(lead(cacheBesideLeak, floor(290_000, 60_000))).toBe(1);
  });

  it('puts what stays before what comes and goes', () => {
    const suspects = [makeSuspect(4 * MB, 450), makeSuspect(2 * MB, 500)];
    const rising = makeTrend('rising', 5 * MB);
    expect(lead(suspects, rising, { turning: [true, false] })).toBe(1);
    expect(lead(suspects, rising, { turning: [true, true] })).toBe(0);
    expect(lead(suspects, makeTrend('levelled'), { turning: [true, false] })).toBe(0);
  });

  it.each([
    ['which the floor says that it grew', cacheAndLeak, makeTrend('rising', 6 * MB, 3 * MB)],
    ['which is in step itself', [makeSuspect(4 * MB, 1554), makeSuspect(2 * MB, 777)], makeTrend('rising', 6 * MB, MB)],
    [
      'whose companion is too small',
      [makeSuspect(4 * MB, 450), makeSuspect(100_000, 777)],
      makeTrend('rising', 6 * MB, MB),
    ],
    ['which did not come to the floor', cacheAndLeak, makeTrend('rising', 1.5 * MB, MB)],
    ['without a floor', cacheAndLeak, makeTrend('unknown')],
  ])('leaves the largest first: %s', (_, suspects, floor) => expect(lead(suspects, floor)).toBe(0));

  it('puts what is in step before a larger one that is not, where as much was freed in other places', () => {
    const suspects = [makeSuspect(4 * MB, 900), makeSuspect(2 * MB, 777)];
    const level = makeTrend('levelled', MB, 0);
    expect(lead(suspects, level, { totalBytes: MB })).toBe(1);
    expect(lead(suspects, level, { totalBytes: 6 * MB })).toBe(0);
    expect(lead(suspects, level, { totalBytes: MB, moreOfClass: [900, 20] })).toBe(0);
    expect(lead(suspects, makeTrend('rising', 2 * MB), { totalBytes: MB })).toBe(0);
  });
});
