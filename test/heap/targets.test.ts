import { expect, it } from 'vitest';
import { edgesBetween, type TargetColumn } from '../../src/heap/targets';

const narrow = (...ordinals: number[]): TargetColumn => ({
  ordinals: Uint8Array.from(ordinals.flatMap((ordinal) => [ordinal, ordinal >>> 8, ordinal >>> 16])),
  width: 3,
});
const wide = (...ordinals: number[]): TargetColumn => ({ ordinals: Uint32Array.from(ordinals), width: 4 });

it.each([
  ['three', narrow],
  ['four', wide],
])('finds the edges to a node in a range of edges, of %s bytes each', (_name, column) => {
  const to = column(0x030201, 0x010009, 0x070302, 0x030201, 0, 0, 0, 0x030201);
  expect([...edgesBetween(to, 0x030201, 0, 8)]).toEqual([0, 3, 7]);
  expect([...edgesBetween(to, 0x030201, 1, 7)]).toEqual([3]);
  expect([...edgesBetween(to, 0, 0, 8)]).toEqual([4, 5, 6]);
  expect([...edgesBetween(to, 8, 0, 8)]).toEqual([]);
});
