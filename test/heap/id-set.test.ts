import { expect, it } from 'vitest';
import { IdSet } from '../../src/heap/id-set';

const FAR = 2 ** 40 + 12_345;
const ids = Float64Array.of(1, 3, 4, 19, 77, 1000, 2 ** 32 + 1, FAR);
const others = [0, 2, 5, 18, 20, 76, 78, 1001, 2 ** 32, 2 ** 32 + 3, FAR - 1, FAR + 1, 12_345 + 2 ** 33];

it.each([
  ['built', IdSet.build(ids)],
  ['taken over from another thread', IdSet.unpack(structuredClone(IdSet.build(ids).pack()))],
])('a set that was %s knows odd ids and even ones, dense and far ones, and no other', (_, set) => {
  expect([...ids].filter((id) => !set.has(id))).toEqual([]);
  expect(others.filter((id) => set.has(id))).toEqual([]);
});
