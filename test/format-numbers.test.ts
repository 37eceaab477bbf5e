import { describe, expect, it } from 'vitest';
import * as numbers from '../src/format-numbers';

describe('numbers as people read them', () => {
  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [999.6, '1.0 kB'],
    [1_240, '1.2 kB'],
    [999_949, '999.9 kB'],
    [999_960, '1.0 MB'],
    [24_300_000, '24.3 MB'],
    [-24_300_000, '-24.3 MB'],
    [8_589_934_592, '8.6 GB'],
    [5e15, '5000.0 TB'],
  ])('%d bytes are %s', (bytes, text) => expect(numbers.formatBytes(bytes)).toBe(text));

  it('differences carry a sign, none has none', () => {
    expect([5_000, 0, -0.2, -5_000].map(numbers.formatBytesDelta)).toEqual(['+5.0 kB', '0', '0', '-5.0 kB']);
    expect([10_000, 0, -1_234_567].map(numbers.formatCountDelta)).toEqual(['+10,000', '0', '-1,234,567']);
  });

  it('shares, times, units', () => {
    expect([0, 0.004, 0.97, 1].map(numbers.formatShare)).toEqual(['0 %', '<1 %', '97 %', '100 %']);
    const times = [0.34, 0.9996, 1.5, 59.96, 125, 3_725].map(numbers.formatSeconds);
    expect(times).toEqual(['340 ms', '1.0 s', '1.5 s', '1 min 00 s', '2 min 05 s', '1 h 02 min']);
    expect([numbers.formatUnits(1, 'job'), numbers.formatUnits(2, 'job')]).toEqual(['1 job', '2 jobs']);
  });
});
