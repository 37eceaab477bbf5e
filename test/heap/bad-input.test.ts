/** Damaged and foreign input: always one HeapdiffError that names the file and, where there is one, the byte. */
import fs from 'node:fs';
import path from 'node:path';
import zlib from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { type ErrorCode, HeapdiffError } from '../../src/errors';
import { openHeap } from '../../src/heap/open-heap';
import { heapFolder, writeHeapFile } from '../support/heap-files';
import { smallPlan, smallSnapshot } from '../support/heap-small';

/** The error of opening a file; fails when there is none or when it is not heapdiff's own. */
async function errorOf(file: string): Promise<HeapdiffError> {
  const error = await openHeap(file).then(
    () => undefined,
    (thrown) => thrown,
  );
  expect(error, 'opened, or threw something else').toBeInstanceOf(HeapdiffError);
  expect(error.message).toContain(file);
  expect(error.message).not.toContain('\n');
  return error;
}

const errorOfText = (text: string | Uint8Array) => errorOf(writeHeapFile(text));
const whole = smallSnapshot();
const NODES = smallPlan().nodes.length;
/** The small snapshot with one thing changed, which must be there to change. */
function changed(from: string | RegExp, to: string): string {
  const text = whole.replace(from, to);
  expect(text).not.toBe(whole);
  return text;
}

describe('truncated', () => {
  it('names the section and the end of the file, wherever it ends', async () => {
    for (let length = 1; length < whole.length; length += 7) {
      const { code, details } = await errorOfText(whole.slice(0, length));
      expect(code, `cut at ${length}`).toBe('SNAPSHOT_TRUNCATED');
      expect(details.offset).toBe(Buffer.byteLength(whole.slice(0, length)));
    }
  });

  it.each([
    ['"node_fields"', 'its header'],
    ['"nodes":[', 'its nodes'],
    ['"edges":[', 'its edges'],
    ['"locations":[', 'its locations'],
    ['"strings":["<du', 'its strings'],
    ['"trace_tree":[1', 'its trace tree'],
    ['"samples":[', 'its member "samples"'],
  ])('in %s it ends inside %s', async (text, where) => {
    const { details } = await errorOfText(whole.slice(0, whole.indexOf(text) + text.length));
    expect(details.where).toBe(where);
  });
});

describe('not a snapshot', () => {
  it.each<[string, string | Uint8Array, ErrorCode, number | undefined]>([
    ['an empty file', '', 'FILE_EMPTY', undefined],
    ['only white space', ' \n', 'FILE_EMPTY', undefined],
    ['text', 'hello', 'NOT_A_SNAPSHOT', 0],
    ['a JSON list', '[1,2]', 'NOT_A_SNAPSHOT', 0],
    ['binary bytes', Uint8Array.of(0x7f, 0x45, 0x4c, 0x46, 1, 2, 3), 'NOT_A_SNAPSHOT', 0],
    ['an empty object', '{}', 'NOT_A_SNAPSHOT', undefined],
    ['another JSON object', '{"name":"heapdiff","files":["dist"]}', 'NOT_A_SNAPSHOT', undefined],
    ['a heap profile', '{"head":{"callFrame":{},"children":[]},"samples":[]}', 'NOT_A_SNAPSHOT', undefined],
    ['a header alone', '{"snapshot":{}}', 'NOT_A_SNAPSHOT', 12],
    ['a header that is a word', '{"snapshot":null}', 'NOT_A_SNAPSHOT', 12],
    ['a header that is nothing', '{"snapshot":,"nodes":[]}', 'SNAPSHOT_CORRUPT', 12],
    ['a header with a wrong brace', '{"snapshot":{"meta":[}}}', 'SNAPSHOT_CORRUPT', 12],
  ])('%s', async (_what, content, code, offset) => {
    const error = await errorOfText(content);
    expect(error.code).toBe(code);
    expect(error.details.offset).toBe(offset);
  });

  it('a folder', async () => expect((await errorOf(heapFolder())).code).toBe('NOT_A_SNAPSHOT'));

  it('a missing file', async () => {
    expect((await errorOf(path.join(heapFolder(), 'missing'))).code).toBe('FILE_NOT_FOUND');
  });

  it('a file below a file', async () => {
    expect((await errorOf(path.join(writeHeapFile(whole), 'x'))).code).toBe('FILE_UNREADABLE');
  });

  it.skipIf(process.getuid?.() === 0)('a file without permission to read', async () => {
    const file = writeHeapFile(whole, 'locked');
    fs.chmodSync(file, 0);
    expect((await errorOf(file)).code).toBe('FILE_UNREADABLE');
  });
});

describe('corrupt', () => {
  it.each<[string, string | RegExp, string, RegExp]>([
    ['a member is missing', /"edges":/, '"edgez":', /no member "edges"/],
    ['nodes are no list', '"nodes":[', '"nodes":{', /is not a list of numbers/],
    ['strings are no list', /"strings":\[.*/s, '"strings":{}}', /strings is not a list/],
    ['a comma is missing between members', ',\n"edges"', '\n"edges"', /no comma after "nodes"/],
    ['a colon is missing', '"edges":', '"edges"', /no colon after "edges"/],
    ['a comma at the end', /\}$/, ',}', /no member name/],
    ['garbage after the end', /\}$/, '}garbage', /bytes after the end/],
    ['a second snapshot after the end', /\}$/, '}{}', /bytes after the end/],
    ['a negative node', '"nodes":[9', '"nodes":[-9', /unexpected byte/],
    ['a fraction', '"nodes":[9', '"nodes":[9.5', /unexpected byte/],
    ['an exponent', '"nodes":[9', '"nodes":[9e9', /unexpected byte/],
    ['a word among numbers', '"edges":[', '"edges":[null,', /unexpected byte/],
    ['a field too many', '"nodes":[', '"nodes":[1,', /the last row of its nodes has 1 of 7 fields/],
    ['a huge number', '"nodes":[9', '"nodes":[99999999999999999999', /2\^53/],
    ['a node type out of range', '"nodes":[9', '"nodes":[15', /type 15, but 14 is the largest/],
    ['an edge type out of range', '"edges":[2', '"edges":[7', /type 7, but 6 is the largest/],
    ['a name out of range', '"nodes":[9,1', '"nodes":[9,99', /named by string 99 of/],
    ['a name over 2^32', '"nodes":[9,1', '"nodes":[9,4294967296', /2\^32/],
    ['an edge name out of range', /"edges":\[2,\d+/, '"edges":[2,77', /edge 0 is named by string 77/],
    ['an edge to nowhere', /"edges":\[2,(\d+),\d+/, '"edges":[2,$1,700', /edge 0 points to node field 700/],
    ['an edge into a node', /"edges":\[2,(\d+),\d+/, '"edges":[2,$1,8', /edge 0 points to node field 8/],
    ['an edge over 2^32', /"edges":\[2,(\d+),\d+/, '"edges":[2,$1,4294967296', /edge 0 points to/],
    ['too many edges claimed', '"nodes":[9,1,1,0,2', '"nodes":[9,1,1,0,9', /its nodes claim more/],
    ['too few edges claimed', '"nodes":[9,1,1,0,2', '"nodes":[9,1,1,0,1', /its nodes claim only/],
    ['no nodes', /"nodes":\[[^\]]*\]/, '"nodes":[]', /there are none/],
    ['a root that is not there', '"node_count"', '"root_index":700,"node_count"', /the root is node 100/],
    ['a root inside a node', '"node_count"', '"root_index":3,"node_count"', /root index/],
    ['no meta', '"meta"', '"mata"', /no meta/],
    ['a string without end', '"<dummy>"', '"<dummy>', /unexpected byte between strings|ends inside/],
    ['a number among strings', '"<dummy>"', '7', /unexpected byte between strings/],
    ['a broken trace tree', '"trace_tree":[1', '"trace_tree":[-1', /trace tree/],
    ['a trace tree that is no list', '"trace_tree":[1', '"trace_tree":7,"x":[1', /the trace tree is not a list/],
  ])('%s', async (_what, from, to, message) => {
    const error = await errorOfText(changed(from, to));
    expect(error.message).toMatch(message);
    expect(['SNAPSHOT_CORRUPT', 'NOT_A_SNAPSHOT', 'SNAPSHOT_TRUNCATED']).toContain(error.code);
  });

  it('names the very byte of a fault in the scanned sections', async () => {
    const text = changed('"nodes":[9,1,1', '"nodes":[9,x,1');
    expect((await errorOfText(text)).details.offset).toBe(text.indexOf('x,1', text.indexOf('"nodes"')));
  });

  it('names where the section begins for a row that makes no sense', async () => {
    const text = changed('"nodes":[9,1', '"nodes":[9,99');
    expect((await errorOfText(text)).details.offset).toBe(text.indexOf('[', text.indexOf('"nodes"')));
  });

  it('names the byte where an endless header is too long', async () => {
    const text = changed('"meta":', `"padding":"${'x'.repeat(1 << 20)}","meta":`);
    const { code, details } = await errorOfText(text);
    expect(code).toBe('SNAPSHOT_CORRUPT');
    expect(details.offset).toBe(text.indexOf('{"padding"') + (1 << 20));
  });
});

describe('absurd headers', () => {
  const withHeader = (header: object, meta: object = {}) =>
    smallSnapshot({ header: header as Record<string, unknown>, meta: meta as Record<string, unknown> });

  it.each([
    { node_count: 1e15, edge_count: 1e15 },
    { node_count: 2 ** 53 - 1, edge_count: -1 },
    { node_count: -7, edge_count: 0.5, trace_function_count: 1e12 },
    { node_count: 'many', edge_count: null },
    { node_count: 1, edge_count: 1 },
  ])('counts that are wrong do not matter: %j', async (header) => {
    const before = process.memoryUsage().rss;
    expect((await openHeap(writeHeapFile(withHeader(header)))).graph.nodeCount).toBe(NODES);
    expect(process.memoryUsage().rss - before).toBeLessThan(200e6);
  });

  it.each<[string, object, RegExp]>([
    ['locations of no fields', { location_fields: 7 }, /^$/],
    ['locations without a script', { location_fields: ['object_index', 'line', 'column'] }, /^$/],
    ['stacks of no fields', { trace_function_info_fields: {}, trace_node_fields: 'id' }, /^$/],
    [
      'rows of very many fields',
      { node_fields: ['type', 'name', 'id', 'self_size', 'edge_count', ...new Array(9999).fill('x')] },
      /too many fields/,
    ],
    ['very many types', { node_types: [new Array(300).fill('object')] }, /too many types/],
    ['no types', { node_types: null }, /lists no node or edge types/],
    ['no field for sizes', { node_fields: ['type', 'name', 'id', 'edge_count'] }, /no field for selfSize/],
    ['fields that are numbers', { edge_fields: [1, 2, 3] }, /no field for type/],
  ])('%s', async (_what, meta, message) => {
    // biome-ignore format: a table
    const file = writeHeapFile(withHeader({}, meta));
    if (message.test('')) expect((await openHeap(file)).graph.nodeCount).toBe(NODES);
    else expect((await errorOf(file)).message).toMatch(message);
  });

  it('a trace tree a million levels deep', async () => {
    const levels = 1_000_000;
    const trace_tree = `${'[1,0,0,0,'.repeat(levels)}[]${']'.repeat(levels)}`;
    expect((await openHeap(writeHeapFile(smallSnapshot({ extra: { trace_tree } })))).traceTree?.count).toBe(levels);
  });

  it('an unknown member a million levels deep', async () => {
    const deep = `${'[{"a":'.repeat(500_000)}1${'}]'.repeat(500_000)}`;
    expect((await openHeap(writeHeapFile(smallSnapshot({ extra: { deep } })))).graph.nodeCount).toBe(NODES);
  });
});

describe('compressed', () => {
  const packed = zlib.gzipSync(whole);

  it('a truncated gzip file', async () => {
    for (const length of [2, 9, 20, packed.length >> 1, packed.length - 8, packed.length - 1]) {
      const { code, details } = await errorOfText(packed.subarray(0, length));
      expect(code, `cut at ${length}`).toBe('SNAPSHOT_TRUNCATED');
      expect(details.offset).toEqual(expect.any(Number));
    }
  });

  it('a gzip file with a wrong byte', async () => {
    const broken = Buffer.from(packed);
    broken[broken.length >> 1]! ^= 0x55;
    expect((await errorOfText(broken)).code).toMatch(/^SNAPSHOT_/);
  });

  it('gzip of nothing, and of no snapshot', async () => {
    expect((await errorOfText(zlib.gzipSync(''))).code).toBe('FILE_EMPTY');
    expect((await errorOfText(zlib.gzipSync('hello'))).code).toBe('NOT_A_SNAPSHOT');
  });
});

it('leaves no file open behind an error', async () => {
  const open = () => fs.readdirSync('/proc/self/fd').length;
  const files = ['', 'hello', whole.slice(0, 99)].map((text, i) => writeHeapFile(text, `bad-${i}`));
  files.push(writeHeapFile(zlib.gzipSync(whole).subarray(0, 50), 'bad.gz'), heapFolder());
  await errorOf(files[0]!);
  const before = open();
  for (const file of files) await errorOf(file);
  await new Promise((resolve) => setTimeout(resolve, 20)); // a destroyed stream closes its file a little later
  expect(open()).toBeLessThanOrEqual(before); // those of heaps that nobody has any more may be closed meanwhile
});
