import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EdgeNumbers, INDEXED, INDEXED_EDGE, UNKNOWN } from '../../../src/diff/suspects/edge-names';
import { NameTable } from '../../../src/heap/names';
import { tableOf } from '../../support/string-tables';

const namesOf = (...texts: string[]) =>
  new NameTable(tableOf(...texts.map((text) => JSON.stringify(text).slice(1, -1))));

describe('numbers of edge names', () => {
  it('are the same in two heaps, and found only where there are any', () => {
    const numbers = new EdgeNumbers();
    const [before, after] = [namesOf('limit', 'users'), namesOf('orders', 'users', 'limit')];
    const [limit, users] = [numbers.of(before, 0), numbers.of(before, 1)];
    expect([numbers.find(after, 2), numbers.find(after, 1), numbers.find(after, 0)]).toEqual([limit, users, UNKNOWN]);
    expect([numbers.textOf(limit), numbers.textOf(users)]).toEqual(['limit', 'users']);
    expect(numbers.textOf(numbers.of(after, 0))).toBe('orders');
  });

  it('are those of their texts, given first or last', () => {
    const numbers = new EdgeNumbers();
    const names = namesOf('a', 'b');
    const a = numbers.ofText('a');
    expect(numbers.of(names, 0)).toBe(a);
    expect(numbers.ofText('b')).toBe(numbers.of(names, 1));
    expect(numbers.ofText(INDEXED)).toBe(INDEXED_EDGE);
  });

  it('do not depend on how a writer escapes', () => {
    const numbers = new EdgeNumbers();
    const [escaped, plain] = [new NameTable(tableOf('caf\\u00e9')), new NameTable(tableOf('café'))];
    expect(numbers.find(plain, 0)).toBe(UNKNOWN);
    const number = numbers.of(escaped, 0);
    expect([numbers.find(plain, 0), numbers.of(plain, 0), numbers.ofText('café')]).toEqual([number, number, number]);
  });

  it('tell any names apart', () => {
    const check = (texts: string[]) => {
      const numbers = new EdgeNumbers();
      const names = namesOf(...texts);
      const given = texts.map((_, index) => numbers.of(names, index));
      expect(given.map((number) => numbers.textOf(number))).toEqual(texts);
      expect(new Set(given).size).toBe(new Set(texts).size);
    };
    fc.assert(fc.property(fc.array(fc.string(), { maxLength: 40 }), check), { seed: 2, numRuns: 200 });
  });
});
