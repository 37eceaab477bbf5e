import { describe, expect, it } from 'vitest';
import { BalancedReader, SectionReader } from '../../../src/heap/scan/section-reader';

/** Members of a file cut into blocks: their text, and where it begins. */
function readMembers(text: string, blockBytes = text.length): Record<string, { text: string; offset: number }> {
  const readers: [string, number, BalancedReader][] = [];
  const sections = new SectionReader('test', (key, offset) => {
    const reader = new BalancedReader(`its member "${key}"`, 1000);
    readers.push([key, offset, reader]);
    return reader;
  });
  const bytes = Buffer.from(text);
  for (let from = 0; from < bytes.length; from += blockBytes) sections.feed(bytes.subarray(from, from + blockBytes));
  sections.finish();
  return Object.fromEntries(readers.map(([key, offset, reader]) => [key, { text: reader.text(), offset }]));
}

describe('section reader', () => {
  const text = ' {"a" : [1,{"b":"]}\\"\\\\"}] ,\n"é":"x,}","c":-1.5e3,"d":{},"e":true , "f":[[]]\n} \n';

  it.each(Array.from({ length: 12 }, (_, i) => i + 1))('finds members in blocks of %i bytes', (blockBytes) => {
    const members = readMembers(text, blockBytes);
    const values = Object.values(members).map((member) => member.text.trim());
    expect(values).toEqual(['[1,{"b":"]}\\"\\\\"}]', '"x,}"', '-1.5e3', '{}', 'true', '[[]]']);
    const offset = Buffer.byteLength(text.slice(0, text.indexOf('-1.5')));
    expect(members.c?.offset).toBe(offset);
  });

  it('is done at the end of the outermost object', () => {
    expect(readMembers('{}')).toEqual({});
    expect(() => readMembers('{"a":1}x')).toThrow('test, byte 7: corrupt snapshot: bytes after the end');
  });

  it.each([
    ['[]', 'byte 0', 'does not begin with {'],
    ['{a:1}', 'byte 1', 'no member name'],
    ['{"a" 1}', 'byte 5', 'no colon after "a"'],
    ['{"a":{} "b":1}', 'byte 8', 'no comma after "a"'],
    ['{"a":1,}', 'byte 7', 'no member name'],
    [`{"${'k'.repeat(300)}`, 'byte 258', 'a member name without end'],
    ['{"a":[1', 'byte 7', 'the file ends inside its member "a"'],
    ['{"a"', 'byte 4', 'the file ends inside its outermost object'],
  ])('refuses %s at %s', (text, byte, reason) => {
    expect(() => readMembers(text, 3)).toThrow(byte);
    expect(() => readMembers(text)).toThrow(reason);
  });

  it('bounds what it keeps of one value, to the byte', () => {
    expect(() => readMembers(`{"a":"${'x'.repeat(2000)}"}`)).toThrow('byte 1005');
    expect(() => readMembers(`{"a":"${'x'.repeat(2000)}"}`, 7)).toThrow('byte 1005');
  });
});
