/** Growth of one holder is one suspect. */
import { describe, expect, it } from 'vitest';
import { type HeldGrowth, mergeByHolder } from '../../../src/diff/suspects/held-growth';

function grown(name: string, growthCount: number, growthBytes: number, label = 'zones'): HeldGrowth {
  const holder = { name: 'Object', label, path: [], text: label };
  return { holder, constructor: { name, function: null, location: null }, growthBytes, growthCount, crowds: [] };
}

const named = (held: readonly HeldGrowth[]) =>
  mergeByHolder(held).map((growth) => [growth.constructor.name, growth.growthCount, growth.growthBytes]);

describe('mergeByHolder', () => {
  it('sums what one holder holds, under the name of the largest', () => {
    expect(named([grown('Key', 9, 400), grown('Zone', 5, 700)])).toEqual([['Zone', 5, 1100]]);
  });

  it('keeps holders apart', () => {
    expect(named([grown('Key', 9, 400), grown('Zone', 5, 700, 'others')])).toHaveLength(2);
  });

  it("prefers what was put into a dictionary to the dictionary's own store", () => {
    expect(named([grown('Object', 0, 740), grown('(string)', 8, 180), grown('Zone', 5, 430)])).toEqual([
      ['Zone', 5, 1350],
    ]);
  });

  it('does not take a few objects for the reason of much growth in place', () => {
    expect(named([grown('Object', 0, 740), grown('Zone', 5, 100)])).toEqual([['Object', 0, 840]]);
  });
});
