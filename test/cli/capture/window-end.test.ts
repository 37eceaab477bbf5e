import { InvalidArgumentError } from 'commander';
import { expect, it } from 'vitest';
import { parseDuration, readWindowEnd } from '../../../src/cli/capture/window-end';

it.each([
  ['60s', 60_000],
  ['90', 90_000],
  ['5m', 300_000],
  ['5 min', 300_000],
  ['1.5h', 5_400_000],
  ['500ms', 500],
  ['24h', 86_400_000],
])('%s is %i ms', (text, ms) => expect(parseDuration(text)).toBe(ms));

it.each(['', '0s', '0.1ms', '-1s', '25h', '1d', 's', '1e3s', '5 m 3 s'])('%j is no time', (text) => {
  expect(() => parseDuration(text)).toThrow(InvalidArgumentError);
});

it('is a minute, what was asked for, or whichever of two comes first', () => {
  expect(readWindowEnd(undefined, undefined)).toEqual({ afterMs: 60_000, afterUnits: null });
  expect(readWindowEnd(1000, undefined)).toEqual({ afterMs: 1000, afterUnits: null });
  expect(readWindowEnd(undefined, 9)).toEqual({ afterMs: null, afterUnits: 9 });
  expect(readWindowEnd(1000, 9)).toEqual({ afterMs: 1000, afterUnits: 9 });
});
