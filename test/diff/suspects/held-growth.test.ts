/** Growth of one holder is one suspect. */
import { describe, expect, it } from 'vitest';
import { INDEXED } from '../../../src/diff/suspects/edge-names';

import { type HeldGrowth, mergeByHolder } from '../../../src/diff/suspects/held-growth';
import { Side } from '../../../src/diff/suspects/side';

const CLASSES = ['Zone', 'Key', 'Object', '(string)'];

function grown(name: string, growthCount: number, growthBytes: number, label = 'zones'): HeldGrowth {
  const holder = { name: 'Object', label, path: [], text: label };
  const classIndex = CLASSES.indexOf(name);
  const group = { parent: null, edge: INDEXED, classIndex, before: new Side(), after: new Side() };
  const growth = { growthBytes, growthCount };
  const crowds = [{ ...growth, group, cycle: null, classIndex }];
  return { ...growth, holder, constructor: { name, function: null, location: null }, crowds };
}

const named = (held: readonly HeldGrowth[]) =>
  mergeByHolder(held).map((growth) => [growth.constructor.name, growth.growthCount, growth.growthBytes]);

describe('mergeByHolder', () => {
  it('sums what one holder holds, under the name of the largest', () => {
    expect(named([grown('Key', 9, 400), grown('Zone', 5, 700)])).toEqual([['Zone', 5, 1100]]);
  });

  it('adds up the counts of one class, wherever below the holder they were found', () => {
    const crowds = [grown('Zone', 6, 700), grown('Zone', 5, 600), grown('Key', 9, 400), grown('Zone', 2, 100)];
    expect(named(crowds)).toEqual([['Zone', 13, 1800]]);
  });

  it('does not count the keys of a dictionary beside its values', () => {
    expect(named([grown('(string)', 9, 700), grown('(string)', 9, 400)])).toEqual([['(string)', 9, 1100]]);
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
