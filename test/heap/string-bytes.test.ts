import fs from 'node:fs';
import { describe, expect, it } from 'vitest';
import { FiledBytes, KeptBytes, unpackBytes } from '../../src/heap/string-bytes';
import { writeHeapFile } from '../support/heap-files';

const BEFORE = 'before the section|';
const TEXT = 'The strings of a heap, one behind the other.';
const BLOCK = 8;

/** A file with a section of strings in its middle. */
function writeSection() {
  const file = writeHeapFile(`${BEFORE}${TEXT}|behind it`);
  const { size, mtimeMs: modified } = fs.statSync(file);
  return { file, size, modified, offset: BEFORE.length, length: TEXT.length };
}

/** Every part of a section, as text. */
function partsOf(bytes: { read(start: number, end: number): Uint8Array }): string[] {
  const parts: string[] = [];
  for (let start = 0; start < TEXT.length; start++) {
    for (let end = start; end <= TEXT.length; end++) parts.push(Buffer.from(bytes.read(start, end)).toString());
  }
  return parts;
}

const allParts = partsOf({ read: (start, end) => Buffer.from(TEXT.slice(start, end)) });

describe('bytes of strings', () => {
  it('are read from the file, within blocks and across them', () => {
    const filed = new FiledBytes(writeSection(), BLOCK);
    expect(Buffer.from(filed.read(4, 11)).toString()).toBe('strings');
    expect(Buffer.from(filed.read(36, 44)).toString()).toBe('e other.');
    expect(Buffer.from(filed.read(0, TEXT.length)).toString()).toBe(TEXT);
  });

  it('are the same in another thread', () => {
    const packed = structuredClone(new FiledBytes(writeSection(), BLOCK).pack());
    expect(partsOf(unpackBytes(packed))).toEqual(allParts);
  });

  it('are kept once the file was read several times over', () => {
    const section = writeSection();
    const filed = new FiledBytes(section, BLOCK);
    expect(partsOf(filed)).toEqual(allParts);
    fs.writeFileSync(section.file, 'nobody reads this');
    expect(partsOf(filed)).toEqual(allParts);
  });

  it('are kept from the beginning where there is no file', () => {
    const kept = new KeptBytes();
    for (let at = 0; at < TEXT.length; at += 5) kept.append(Buffer.from(TEXT.slice(at, at + 5)));
    expect(partsOf(kept)).toEqual(allParts);
    expect(partsOf(unpackBytes(structuredClone(kept.pack())))).toEqual(allParts);
  });

  it.each<[string, (file: string) => void, RegExp]>([
    ['was removed', (file) => fs.rmSync(file), /removed while its strings were still needed/],
    ['has grown', (file) => fs.appendFileSync(file, '!'), /has changed since it was read/],
    ['was written anew', (file) => fs.utimesSync(file, 1, 1), /has changed since it was read/],
  ])('name a file that %s', (_, change, message) => {
    const section = writeSection();
    change(section.file);
    expect(() => new FiledBytes(section).read(0, 3)).toThrow(message);
  });

  it('are there while the file is not', () => {
    const section = writeSection();
    const filed = new FiledBytes(section, BLOCK);
    fs.rmSync(section.file);
    expect(partsOf(filed)).toEqual(allParts);
  });

  it('name a file that was cut off while it was open', () => {
    const section = writeSection();
    const filed = new FiledBytes(section, BLOCK);
    filed.read(0, 3);
    fs.truncateSync(section.file, BEFORE.length + BLOCK);
    expect(() => filed.read(BLOCK, BLOCK + 3)).toThrow(/has changed since it was read/);
  });
});
