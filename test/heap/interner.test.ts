import fc from 'fast-check';
import { expect, it } from 'vitest';
import { PairInterner } from '../../src/heap/interner';

it('numbers distinct pairs in order of appearance, as a Map of strings would', () => {
  const small = fc.nat(30);
  const any = fc.oneof(small, fc.nat(2 ** 32 - 1));
  const check = (pairs: [number, number][]) => {
    const interner = new PairInterner();
    const expected = new Map<string, number>();
    for (const [a, b] of pairs) {
      const key = `${a},${b}`;
      if (!expected.has(key)) expected.set(key, expected.size);
      expect(interner.intern(a, b)).toBe(expected.get(key));
    }
    expect(interner.count).toBe(expected.size);
    for (const [key, index] of expected) expect(`${interner.first[index]},${interner.second[index]}`).toBe(key);
  };
  fc.assert(fc.property(fc.array(fc.tuple(any, small), { maxLength: 200 }), check), { seed: 3 });
});

it('keeps its numbers while it grows', () => {
  const interner = new PairInterner();
  const count = 50_000;
  for (let i = 0; i < count; i++) expect(interner.intern(i % 7, i)).toBe(i);
  for (let i = 0; i < count; i += 97) expect(interner.intern(i % 7, i)).toBe(i);
  expect(interner.intern(2 ** 32 - 1, 2 ** 32 - 1)).toBe(count);
  expect(interner.intern(0, 1)).not.toBe(interner.intern(1, 0));
});
