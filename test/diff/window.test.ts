import { expect, it } from 'vitest';
import { growthPerUnit } from '../../src/diff/window';
import { makeRecord } from '../support/sample-record';

it('growthPerUnit goes by the unit done most', () => {
  const units = makeRecord({ units: { request: 10 } }, { units: { request: 1_010, job: 3 } });
  expect(growthPerUnit(2_500_400, units)).toEqual({ unit: 'request', count: 1_000, bytes: 2_500 });
  expect(growthPerUnit(1, makeRecord({}, {}))).toBeNull();
});
