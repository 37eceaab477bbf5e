/** One suite over both scanners of numbers: the WebAssembly kernel and its plain twin, with JSON.parse as the oracle. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KernelRowScanner } from '../../../src/heap/kernel/kernel-scanners';
import { loadScanKernel } from '../../../src/heap/kernel/scan-kernel';
import { RowReader } from '../../../src/heap/scan/row-reader';
import { BATCH_ROWS, PlainRowScanner, type RowScanner } from '../../../src/heap/scan/row-scanner';

const SCANNERS: readonly (readonly [string, () => RowScanner])[] = [
  ['plain', () => new PlainRowScanner()],
  ['kernel', () => new KernelRowScanner(loadScanKernel()!)],
];

const bytesOf = (text: string) => new TextEncoder().encode(text);

/** Reads a list cut into blocks at `cuts`; rows in file order. */
function readRows(scanner: RowScanner, text: string, fieldCount: number, cuts: readonly number[] = []) {
  const rows: number[][] = [];
  const reader = new RowReader('its numbers', scanner, fieldCount, (batch) => {
    const start = rows.length;
    for (let row = 0; row < batch.rowCount; row++) rows.push(new Array(fieldCount).fill(0));
    for (let field = 0; field < fieldCount; field++) {
      batch.column(field).forEach((value, row) => {
        rows[start + row]![field] = value;
      });
    }
    for (let i = 0; i < batch.wide.length; i += 3) {
      const [row, field, high] = [batch.wide[i]!, batch.wide[i + 1]!, batch.wide[i + 2]!];
      if (row < batch.rowCount) rows[start + row]![field]! += high * 2 ** 32;
    }
  });
  const bytes = bytesOf(text);
  let from = 0;
  let left = 0;
  for (const to of [...cuts, bytes.length]) {
    const block = bytes.slice(from, to);
    left = from + reader.feed(block, 0, block.length);
    from = to;
    if (reader.isDone) break;
  }
  return { rows, isDone: reader.isDone, left };
}

const inRows = (values: readonly number[], fieldCount: number) =>
  Array.from({ length: values.length / fieldCount }, (_, row) =>
    values.slice(row * fieldCount, (row + 1) * fieldCount),
  );

describe.each(SCANNERS)('%s row scanner', (_name, create) => {
  it('reads a list the same, wherever its blocks end', () => {
    const text = ' [0,12,\n4294967295, 4294967296,7 ,9007199254740991 ]';
    const expected = inRows(JSON.parse(text), 2);
    const scanner = create();
    for (let a = 1; a < text.length; a++) {
      expect(readRows(scanner, text, 2, [a]).rows, `cut at ${a}`).toEqual(expected);
      for (let b = a + 1; b < text.length; b += 3) expect(readRows(scanner, text, 2, [a, b]).rows).toEqual(expected);
    }
    expect(readRows(scanner, text, 2, [...text].map((_, i) => i + 1)).rows).toEqual(expected); // biome-ignore format: one line
  });

  it('agrees with JSON.parse on random lists, blocks and row widths', () => {
    const value = fc.oneof(fc.nat(9), fc.nat(), fc.maxSafeNat(), fc.integer({ min: 2 ** 32 - 2, max: 2 ** 32 + 2 }));
    const scanner = create();
    const check = (fieldCount: number, values: number[], spaces: number[], cuts: number[]) => {
      const whole = values.slice(0, values.length - (values.length % fieldCount));
      // V8 breaks lines before commas, others after them or nowhere.
      const padded = whole.map((value, i) => {
        const space = ' \n\t\r'.slice(0, spaces[i % spaces.length]);
        return i % 3 === 0 ? `${space}${value}` : `${value}${space}`;
      });
      const text = `[${padded.join(',')}]`;
      const places = [...new Set(cuts.map((cut) => cut % text.length))].sort((a, b) => a - b);
      expect(readRows(scanner, text, fieldCount, places)).toEqual({
        rows: inRows(whole, fieldCount),
        isDone: true,
        left: text.length,
      });
    };
    const lists = fc.array(value, { maxLength: 120 });
    const property = fc.property(
      fc.integer({ min: 1, max: 7 }),
      lists,
      fc.array(fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.nat(4)), { minLength: 1 }),
      fc.array(fc.nat()),
      check,
    );
    fc.assert(property, { seed: 7, numRuns: 400 });
  });

  it('keeps rows apart over several full batches', () => {
    const values = Array.from({ length: (2 * BATCH_ROWS + 3) * 3 }, (_, i) => (i % 50_000 === 0 ? 2 ** 40 + i : i));
    expect(readRows(create(), JSON.stringify(values), 3, [1000, 200_000]).rows).toEqual(inRows(values, 3));
  });

  it('reads the empty list, and leaves what follows a list', () => {
    expect(readRows(create(), '[ ]', 3)).toEqual({ rows: [], isDone: true, left: 3 });
    expect(readRows(create(), '[1,2],"x"', 2)).toEqual({ rows: [[1, 2]], isDone: true, left: 5 });
  });

  it.each([
    ['a negative number', '[1,-2]', 3],
    ['a fraction', '[1.5,2]', 2],
    ['an exponent', '[1e3,2]', 2],
    ['a word', '[null]', 1],
    ['a string', '["1"]', 1],
    ['a nested list', '[1,[2]]', 3],
    ['two commas', '[1,,2]', 3],
    ['a comma first', '[,1]', 1],
    ['a comma last', '[1,2,]', 5],
  ])('refuses %s and names its byte, at the beginning of a file and within', (_what, text, position) => {
    expect(() => readRows(create(), text, 1)).toThrow(expect.objectContaining({ position }));
    for (let length = 60; length < 130; length++) {
      const before = '12,3\n,456,'
        .repeat(20)
        .slice(-length)
        .replace(/^[,\n]*/, '');
      const within = `[${before}${text.slice(1)}${' '.repeat(100)}`;
      const fault = { position: position + before.length };
      expect(() => readRows(create(), within, 1), within).toThrow(expect.objectContaining(fault));
    }
  });

  it('refuses a number over 2^53, naming one of its bytes', () => {
    const position = expect.toSatisfy((at: number) => at >= 3 && at <= 19);
    expect(() => readRows(create(), '[1,9007199254740992]', 1)).toThrow(expect.objectContaining({ position }));
  });

  it('refuses a very long run of digits', () => {
    expect(() => readRows(create(), `[${'9'.repeat(3 << 20)}]`, 1)).toThrow('2^53');
  });

  it('refuses a last row that is not complete', () => {
    expect(() => readRows(create(), '[1,2,3,4]', 3)).toThrow('the last row of its numbers has 1 of 3 fields');
  });

  it('refuses what is no list', () => {
    expect(() => readRows(create(), '{}', 3)).toThrow('is not a list of numbers');
  });
});
