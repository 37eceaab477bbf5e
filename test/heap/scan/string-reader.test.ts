/** One suite over both scanners of strings: the WebAssembly kernel and its plain twin, with JSON.parse as the oracle. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KernelStringScanner } from '../../../src/heap/kernel/kernel-scanners';
import { loadScanKernel } from '../../../src/heap/kernel/scan-kernel';
import { StringListReader } from '../../../src/heap/scan/string-reader';
import { PlainStringScanner, type StringScanner } from '../../../src/heap/scan/string-scanner';
import { StringTableBuilder } from '../../../src/heap/strings';

const SCANNERS: readonly (readonly [string, () => StringScanner])[] = [
  ['plain', () => new PlainStringScanner()],
  ['kernel', () => new KernelStringScanner(loadScanKernel()!)],
];

function readStrings(scanner: StringScanner, text: string, cuts: readonly number[] = []): string[] {
  const builder = new StringTableBuilder();
  const reader = new StringListReader(builder, scanner);
  const bytes = new TextEncoder().encode(text);
  let from = 0;
  for (const to of [...cuts, bytes.length]) {
    if (reader.isDone) break;
    const block = bytes.slice(from, to);
    reader.feed(block, 0, block.length);
    from = to;
  }
  expect(reader.isDone).toBe(true);
  const table = builder.finish();
  return Array.from({ length: table.count }, (_, index) => table.get(index));
}

describe.each(SCANNERS)('%s string scanner', (_name, create) => {
  it('reads strings the same, wherever its blocks end', () => {
    const strings = ['', 'a', '\\', '\\\\"', '"', 'é日\u{1f600}', 'a\nb', ',],[', 'last\\'];
    const text = ` [ ${strings.map((s) => JSON.stringify(s)).join(' , ')} ]`;
    const length = Buffer.byteLength(text);
    const scanner = create();
    for (let cut = 1; cut < length; cut++) expect(readStrings(scanner, text, [cut]), `cut ${cut}`).toEqual(strings);
    expect(
      readStrings(
        scanner,
        text,
        Array.from({ length }, (_, at) => at + 1),
      ),
    ).toEqual(strings);
  });

  it('agrees with JSON.parse on random lists', () => {
    const text = fc.array(fc.string({ unit: 'binary' }), { maxLength: 30 }).map((strings) => JSON.stringify(strings));
    const scanner = create();
    const property = fc.property(text, fc.array(fc.nat()), (list, cuts) => {
      const places = [...new Set(cuts.map((cut) => cut % list.length))].sort((a, b) => a - b);
      expect(readStrings(scanner, list, places)).toEqual(JSON.parse(list));
    });
    fc.assert(property, { seed: 7, numRuns: 300 });
  });

  it('reads the empty list', () => expect(readStrings(create(), '[]')).toEqual([]));

  it.each([
    ['no comma', '["a""b"]', 4],
    ['two commas', '["a",,"b"]', 5],
    ['a comma last', '["a",]', 5],
    ['a number', '["a",1]', 5],
    ['no list', '{}', 0],
  ])('refuses %s and names its byte', (_what, text, position) => {
    expect(() => readStrings(create(), text)).toThrow(expect.objectContaining({ position }));
  });
});
