import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PairInterner } from '../../src/heap/interner';
import { createWorkspace, plainWorkspace, type Workspace } from '../../src/heap/loops/workspace';

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

describe('all pairs of two columns', () => {
  const length = 150_000;

  /** Columns with more pairs than a table has room for at first, most of them met twice. */
  function fillColumns({ memory }: Workspace) {
    const [a, b] = [memory.u32(length), memory.u32(length)];
    for (let i = 0; i < length; i++) {
      a[i] = (i % 80_000) % 300;
      b[i] = 2 ** 32 - 1 - Math.floor((i % 80_000) / 300);
    }
    return { a, b };
  }

  it.each([
    ['in plain TypeScript', () => plainWorkspace],
    ['in the kernel', () => createWorkspace(length, 0)],
  ])('are numbered %s as one by one', (_, create) => {
    const workspace = create();
    const { a, b } = fillColumns(workspace);
    const expected = new PairInterner();
    const numbers = Array.from({ length }, (_, i) => expected.intern(a[i]!, b[i]!, i));
    const interner = new PairInterner(workspace.memory);
    interner.internAll(workspace.loops, a, b, a, length);
    expect([...a]).toEqual(numbers);
    const { count } = expected;
    expect(interner.count).toBe(count);
    for (const column of ['first', 'second', 'row'] as const) {
      expect([...interner[column].subarray(0, count)]).toEqual([...expected[column].subarray(0, count)]);
    }
  });
});
