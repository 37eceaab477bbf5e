import { expect, it } from 'vitest';
import { TraceTreeReader } from '../../../src/heap/scan/trace-tree-reader';

const FIELDS = ['id', 'function_info_index', 'count', 'size', 'children'];

function readTree(text: string, blockBytes = text.length, fields = FIELDS) {
  const reader = new TraceTreeReader(fields);
  const bytes = Buffer.from(text);
  for (let from = 0; from < bytes.length && !reader.isDone; from += blockBytes) {
    const to = Math.min(bytes.length, from + blockBytes);
    expect(reader.feed(bytes, from, to)).toBe(to);
  }
  expect(reader.isDone).toBe(true);
  return reader.tree;
}

const TREE = '[1,0,0,0,[20,3,1,8,[],30,4,2,16,[40,5,1,8,[]],50,6,0,0,[]]]';

it.each([1, 2, 3, 7, 100])('reads nested calls into rows with their callers, in blocks of %i bytes', (blockBytes) => {
  const expected = { count: 5, id: [1, 20, 30, 40, 50], functionIndex: [0, 3, 4, 5, 6], parent: [-1, 0, 0, 2, 0] };
  expect(readTree(TREE, blockBytes)).toEqual(expected);
  expect(readTree(TREE.replaceAll(',', ' ,\n '), blockBytes)).toEqual(expected);
});

it('reads the empty tree', () => expect(readTree('[]')).toEqual({ count: 0, id: [], functionIndex: [], parent: [] }));

it('finds fields by name, wherever they stand', () => {
  const fields = ['size', 'children', 'function_info_index', 'id'];
  expect(readTree('[9,[8,[],3,20],0,1]', 100, fields)).toMatchObject({
    id: [1, 20],
    functionIndex: [0, 3],
    parent: [-1, 0],
  });
});

it('reads a chain of calls deeper than any JavaScript stack', () => {
  const depth = 300_000;
  const tree = readTree(`${'[7,1,0,0,'.repeat(depth)}[]${']'.repeat(depth)}`, 1 << 16);
  expect(tree.count).toBe(depth);
  expect(tree.parent.at(-1)).toBe(depth - 2);
});

it.each([
  ['{}', 0],
  ['7', 0],
  [']', 0],
  [' null', 1],
  ['[1,-2]', 3],
  ['[1,"2"]', 3],
])('refuses %s at byte %i', (text, position) => {
  expect(() => readTree(text)).toThrow(expect.objectContaining({ position }));
});
