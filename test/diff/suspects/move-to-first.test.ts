import { expect, it } from 'vitest';
import { moveToFirst, type TracedSuspects } from '../../../src/diff/suspects/find-suspects';

it('moveToFirst keeps all lists in step, and ranks anew', () => {
  const suspects = [1, 2, 3].map((rank) => ({ rank, growthCount: rank * 100 }));
  const traced = {
    suspects,
    growth: ['a', 'b', 'c'],
    stacks: [['x'], ['y'], ['z']],
    outside: [10, 20, 30],
    turning: [true, false, true],
    moreOfClass: [1, 2, 3],
    made: [7, 8, 9],
  };
  expect(moveToFirst(traced as unknown as TracedSuspects, 2)).toEqual({
    suspects: [
      { rank: 1, growthCount: 300 },
      { rank: 2, growthCount: 100 },
      { rank: 3, growthCount: 200 },
    ],
    growth: ['c', 'a', 'b'],
    stacks: [['z'], ['x'], ['y']],
    outside: [30, 10, 20],
    turning: [true, true, false],
    moreOfClass: [3, 1, 2],
    made: [9, 7, 8],
  });
  expect(moveToFirst(traced as unknown as TracedSuspects, 0)).toEqual(traced);
});
