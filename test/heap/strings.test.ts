import { describe, expect, it } from 'vitest';
import { StringListReader } from '../../src/heap/scan/string-reader';
import { PlainStringScanner } from '../../src/heap/scan/string-scanner';
import { StringTableBuilder } from '../../src/heap/strings';
import { tableOf } from '../support/string-tables';

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
    const table = tableOf('a', 'Object', 'map', 'Object', 'Objec', 'Objects', '');
    expect(table.indicesOf(['Object', 'map', 'scope_info'])).toEqual({
      Object: new Set([1, 3]),
      map: new Set([2]),
      scope_info: new Set(),
    });
  });

  it('finds them wherever the blocks of the file end', () => {
    const bytes = Buffer.from('["a","Object","system / Context / scope @7","7 / part of key (K @1)"]');
    for (let cut = 1; cut < bytes.length; cut++) {
      const builder = new StringTableBuilder();
      const reader = new StringListReader(builder, new PlainStringScanner());
      reader.feed(bytes, 0, cut);
      reader.feed(bytes.subarray(cut), 0, bytes.length - cut);
      const table = builder.finish();
      expect(table.indicesOf(['Object']).Object, `cut ${cut}`).toEqual(new Set([1]));
      expect(table.indicesStartingWith('system / Context / '), `cut ${cut}`).toEqual(new Set([2]));
      expect([...table.sought].includes(3), `cut ${cut}`).toBe(true);
    }
  });

  it('tells first bytes without decoding', () => {
    const table = tableOf('', '<div>', 'é');
    expect([0, 1, 2].map((index) => table.firstByte(index))).toEqual([-1, 0x3c, 0xc3]);
  });

  it('knows how long strings are that two bytes cannot count', () => {
    const lengths = [65_534, 65_535, 65_536, 200_000, 3];
    const table = tableOf(...lengths.map((length) => 'x'.repeat(length)));
    expect(lengths.map((_, index) => table.get(index).length)).toEqual(lengths);
    expect(table.isSame(1, table, 2)).toBe(false);
    expect(table.isSame(2, tableOf('x'.repeat(65_536)), 0)).toBe(true);
  });

  it('keeps strings whole that lie across two segments', () => {
    const filler = 'x'.repeat((1 << 26) - 20);
    const table = tableOf(filler, 'before', 'across the border', 'after');
    expect([1, 2, 3].map((index) => table.get(index))).toEqual(['before', 'across the border', 'after']);
    expect(table.get(0)).toBe(filler);
  });
});
