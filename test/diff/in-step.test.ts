import { describe, expect, it } from 'vitest';
import { findStep } from '../../src/diff/in-step';
import type { Suspect } from '../../src/diff/types';
import { makeRecord } from '../support/sample-record';

function step(growthCount: number, units: number) {
  const record = makeRecord({ units: { request: 50 } }, { units: { request: 50 + units, flush: 3 } });
  return findStep({ growthCount } as Suspect, record);
}

describe('findStep', () => {
  it.each([
    ['each', 'one of each unit', 450, 450],
    ['each', 'three of each', 1_350, 450],
    ['each', 'a capture between units', 448, 450],
    ['each', 'few units', 40, 40],
    ['some', 'one of every two', 650, 1_300],
    ['some', 'one of every five of many', 2_001, 10_000],
    [null, 'two fifths', 180, 450],
    [null, 'one of every six, nearly', 231, 1_400],
    [null, 'one of every fifty: any count is near such a share', 30, 1_500],
    [null, 'a tenth of a unit off', 440, 400],
    [null, 'objects that are many to few units', 100, 10],
    [null, 'growth in place', 0, 450],
    [null, 'no work', 450, 0],
  ] as const)('%s: %s', (expected, _, count, units) => expect(step(count, units)).toBe(expected));

  it('lets an arbitrary count pass seldom', () => {
    for (const units of [60, 450, 1_000, 5_000]) {
      const counts = Array.from({ length: 10 * units }, (_, at) => at + 1);
      const passed = counts.filter((count) => step(count, units) !== null);
      expect(passed.length / counts.length).toBeLessThan(0.03);
    }
  });

  it('knows nothing without a record', () => expect(findStep({ growthCount: 5 } as Suspect, null)).toBeNull());
});
