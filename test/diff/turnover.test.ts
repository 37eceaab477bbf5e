import { describe, expect, it } from 'vitest';
import type { AllocationStack } from '../../src/diff/stacks';
import type { HeldGrowth } from '../../src/diff/suspects/held-growth';
import { Side } from '../../src/diff/suspects/side';
import { turnsOver } from '../../src/diff/turnover';
import type { Heap } from '../../src/heap/heap';

const heap = { retainedOf: () => 0, shallowOf: () => 0 } as unknown as Heap;

function side(count: number): Side {
  const members = new Side();
  for (let node = 0; node < count; node++) members.add(heap, node);
  return members;
}

/** Objects in so many owners that are alike. */
function grown(growthCount: number, owners: number): HeldGrowth {
  const parent = { parent: null, edge: 'table', classIndex: 0, before: side(owners), after: side(owners) };
  const group = { parent, edge: '[]', classIndex: 1, before: side(10), after: side(10 + growthCount) };
  const growth = { growthBytes: 400_000, growthCount };
  return {
    ...growth,
    holder: { name: 'Map', label: 'sessions', path: [], text: '`sessions` (Map)' },
    constructor: { name: 'Session', function: null, location: null },
    crowds: [{ ...growth, group, cycle: null, classIndex: 1 }],
  };
}

/** So many samples, evenly taken from one age to another. */
function sampled(count: number, from: number, to: number): AllocationStack {
  const ages = Array.from({ length: count }, (_, i) => from + ((to - from) * i) / Math.max(1, count - 1));
  const frames = [{ function: 'login', file: '/srv/app.js', line: 1, column: 1 }];
  return { frames, bytes: count * 65_536, count, source: 'sampled', ages };
}

describe('turnsOver', () => {
  it('is what objects do of which none is left from the first half of the window', () => {
    expect(turnsOver(grown(200, 1), [sampled(12, 0.6, 1)])).toBe(true);
    expect(turnsOver(grown(200, 1), [sampled(12, 0.1, 1)])).toBe(false);
    expect(turnsOver(grown(200, 1), [sampled(2, 0.1, 0.2), sampled(60, 0.6, 1)])).toBe(true);
  });

  it('is not said after a few samples, or without any that tell their age', () => {
    expect(turnsOver(grown(200, 1), [sampled(6, 0.6, 1)])).toBe(false);
    expect(turnsOver(grown(200, 1), [sampled(6, 0.8, 1)])).toBe(true);
    // As at the end of every window: the last sample that is left is the youngest there can be.
    for (const few of [1, 2, 4]) expect(turnsOver(grown(200, 1), [sampled(few, 1, 1)])).toBe(false);
    const { ages: _, ...withoutAges } = sampled(12, 0.6, 1);
    expect(turnsOver(grown(200, 1), [withoutAges])).toBe(false);
  });

  it('is not said of what is replaced by something larger, or grows in place', () => {
    expect(turnsOver(grown(200, 120), [sampled(12, 0.6, 1)])).toBe(false);
    expect(turnsOver(grown(0, 1), [sampled(12, 0.6, 1)])).toBe(false);
  });
});
