/** What the floor of the live heap says. Figures are kilobytes, one reading after each tenth of the work. */
import { describe, expect, it } from 'vitest';
import { findTrend } from '../../src/diff/trend';
import { makeFloor, makeRecord } from '../support/sample-record';

const trendOf = (kilobytes: readonly number[], unitsEach?: number) =>
  findTrend(makeRecord({}, {}, { floor: makeFloor(kilobytes, unitsEach) }));

describe('findTrend', () => {
  it.each([
    ['rising', 'a steady slope', [4000, 4200, 4400, 4600, 4800, 5000, 5200, 5400, 5600, 5800]],
    ['rising', 'a slope with the noise of collections', [4000, 4260, 4380, 4690, 4780, 5050, 5130, 5470, 5550, 5800]],
    [
      'rising',
      'a slope that one collection missed something of',
      [4000, 4200, 4400, 6900, 4800, 5000, 5200, 5400, 5600, 5800],
    ],
    ['levelled', 'a cache that filled', [4000, 4700, 5200, 5500, 5600, 5610, 5600, 5620, 5610, 5620]],
    [
      'levelled',
      'a cache that filled in two fifths',
      [4705, 4980, 5085, 5190, 5375, 5385, 5425, 5365, 5405, 5365, 5420],
    ],
    [
      'rising',
      'a slope beside the noise of a busy service',
      [4000, 4300, 4250, 4500, 4350, 4610, 4450, 4700, 4520, 4780],
    ],
    [
      'rising',
      'a slope that every other collection missed much of',
      [5795, 6426, 5954, 7884, 6205, 6155, 8899, 6497, 7689, 6358],
    ],
    [
      'levelled',
      'a table that fills until two thirds of the work',
      [5070, 5353, 5424, 5579, 5709, 5817, 6012, 6040, 6048, 6068, 6060],
    ],
    [
      'levelled',
      'a leak that was switched off half-way',
      [4761, 4994, 5076, 5183, 5292, 5398, 5425, 5402, 5444, 5404, 5416],
    ],
    [
      'rising',
      'a slow slope after a cache that filled',
      [5470, 8630, 10252, 10451, 10653, 10873, 11047, 11378, 11519, 11708],
    ],
    ['late', 'a burst at the end', [4754, 4850, 4853, 4858, 4863, 4870, 4903, 4881, 4888, 5189, 5522]],
    ['late', 'a leak that began in the last fifth', [4717, 4931, 4910, 4991, 4923, 4948, 4930, 4922, 4924, 5342]],
    ['late', 'the last reading alone', [4717, 4740, 4735, 4750, 4760, 4748, 4730, 4752, 4744, 5342]],
    ['levelled', 'a heap that breathes', [4000, 4020, 3990, 4010, 4000, 4030, 4010, 3980, 4000, 3990]],
    ['emptied', 'a batch that is flushed', [4000, 4500, 5000, 5500, 4100, 4600, 5100, 5600, 4200, 4700]],
    ['unknown', 'two readings', [4000, 6000]],
    ['unknown', 'none', []],
  ])('%s: %s', (kind, _, kilobytes) => expect(trendOf(kilobytes)).toMatchObject({ kind, samples: kilobytes.length }));

  it('tells what is held outside of the heap by itself, and nothing where nobody noted it', () => {
    const floor = makeFloor([4000, 4010, 3990, 4005, 4000, 4010, 4000]);
    const outside = floor.map((sample, at) => ({ ...sample, external: 1_000_000 + at * 500_000 }));
    expect(findTrend(makeRecord({}, {}, { floor: outside })).kind).toBe('levelled');
    expect(findTrend(makeRecord({}, {}, { floor: outside }), 'external')).toMatchObject({ kind: 'rising', samples: 7 });
    expect(findTrend(makeRecord({}, {}, { floor }), 'external').kind).toBe('unknown');
  });

  it('goes by time where no work was counted', () => {
    expect(trendOf([4000, 4200, 4400, 4600, 4800, 5000, 5200], 0).kind).toBe('rising');
  });

  it('is not misled by readings after the work was done', () => {
    const floor = makeFloor([4000, 4200, 4400, 4600, 4800, 5000, 5200, 5400, 5600, 5800]);
    const idle = [1, 2, 3, 4, 5, 6].map((at) => ({ monotonic: 9_000 + at * 1_000, bytes: 5_750_000, units: 900 }));
    expect(findTrend(makeRecord({}, {}, { floor: [...floor, ...idle] })).kind).toBe('rising');
  });

  it('measures rise, late rise and fall', () => {
    const { riseBytes, lateRiseBytes } = trendOf([4000, 4200, 4400, 4600, 4800, 5000, 5200, 5400, 5600, 5800]);
    expect(riseBytes).toBeGreaterThan(1_400_000);
    expect(lateRiseBytes).toBeGreaterThan(600_000);
    // A height counts where the next reading is as high, too.
    expect(trendOf([4000, 5000, 5000, 4200, 4300, 5100, 5100, 4100]).fallBytes).toBe(1_000_000);
  });

  it('measures how far it rose after it began late', () => {
    expect(trendOf([4700, 4710, 4705, 4712, 4708, 4711, 4709, 4710, 4712, 5700]).riseBytes).toBe(1_000_000);
  });

  it('asks the last third, too', () => {
    const steady = trendOf([4000, 4200, 4400, 4600, 4800, 5000, 5200, 5400, 5600, 5800]);
    expect(steady.lastRiseBytes).toBeCloseTo(steady.lateRiseBytes, 0);
    const filled = trendOf([4000, 4200, 4400, 4600, 4800, 5000, 5100, 5100, 5100, 5100, 5100]);
    expect(filled.lastRiseBytes).toBeLessThan(filled.lateRiseBytes * 0.6);
  });

  it('knows nothing without a record', () => expect(findTrend(null)).toMatchObject({ kind: 'unknown', samples: 0 }));
});
