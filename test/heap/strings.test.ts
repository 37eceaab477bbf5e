import { describe, expect, it } from 'vitest';
import { StringListReader } from '../../src/heap/scan/string-reader';
import { PlainStringScanner } from '../../src/heap/scan/string-scanner';
import { type StringTable, StringTableBuilder } from '../../src/heap/strings';

/** A table of raw contents, as they would stand between quotes. */
function tableOf(...contents: string[]): StringTable {
  const builder = new StringTableBuilder();
  const bytes = Buffer.from(`[${contents.map((content) => `"${content}"`).join(',')}]`);
  new StringListReader(builder, new PlainStringScanner()).feed(bytes, 0, bytes.length);
  return builder.finish();
}

describe('string table', () => {
  it('decodes JSON escapes and UTF-8', () => {
    const table = tableOf('plain', 'a\\"b\\\\c\\n', '\\u00e9\\ud83d\\ude00', 'é😀', '\\/');
    expect([0, 1, 2, 3, 4].map((index) => table.get(index))).toEqual(['plain', 'a"b\\c\n', 'é😀', 'é😀', '/']);
  });

  it('shows a string with a wrong escape as it stands in the file', () => {
    const table = tableOf('a\\qb', '\\u12', 'tab\t\\n');
    expect([0, 1, 2].map((index) => table.get(index))).toEqual(['a\\qb', '\\u12', 'tab\t\\n']);
  });

  it('finds strings by content, each as often as the file holds it', () => {
    const table = tableOf('a', 'Object', 'b', 'Object', 'Objec', 'Objects', '');
    expect(table.indicesOf(['Object', 'b', 'nowhere'])).toEqual({
      Object: new Set([1, 3]),
      b: new Set([2]),
      nowhere: new Set(),
    });
  });

  it('tells first bytes and lengths without decoding', () => {
    const table = tableOf('', '<div>', 'é');
    expect([0, 1, 2].map((index) => table.firstByte(index))).toEqual([-1, 0x3c, 0xc3]);
    expect([0, 1, 2].map((index) => table.byteLength(index))).toEqual([0, 5, 2]);
  });

  it('keeps strings whole that lie across two segments', () => {
    const filler = 'x'.repeat((1 << 26) - 20);
    const table = tableOf(filler, 'before', 'across the border', 'after');
    expect([1, 2, 3].map((index) => table.get(index))).toEqual(['before', 'across the border', 'after']);
    expect(table.byteLength(0)).toBe(filler.length);
  });
});
