import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { analyzePair } from '../../src/diff/diff-heaps';
import { explainMemory, measureLiveHeap, noteMemory } from '../../src/diff/memory';
import { measureOffHeap } from '../../src/diff/off-heap';
import { MODULE, type NodeKindPlan, openProgram, times } from '../support/program-heap';
import { type EndPlan, makeRecord } from '../support/sample-record';

const MB = 1_000_000;
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

describe('explainMemory', () => {
  it('sums to RSS at both ends, and in growth, whatever the record says', () => {
    const bytes = fc.integer({ min: 0, max: 2 ** 40 });
    const end: fc.Arbitrary<EndPlan> = fc.record({
      ...{
        rss: bytes,
        heapUsed: bytes,
        heapTotal: bytes,
        external: bytes,
        arrayBuffers: bytes,
        malloced: bytes,
        code: bytes,
      },
      physical: fc.option(bytes, { nil: null }),
    });
    const live = fc.option(fc.record({ before: bytes, after: bytes }), { nil: null });
    fc.assert(
      fc.property(end, end, live, (before, after, alive) => {
        const memory = explainMemory(makeRecord(before, after), alive);
        expect(sum(memory.parts.map((part) => part.before))).toBe(memory.rssBefore);
        expect(sum(memory.parts.map((part) => part.after))).toBe(memory.rssAfter);
        expect(sum(memory.parts.map((part) => part.delta))).toBe(memory.rssDelta);
        expect(sum(Object.values(memory.explained)) + memory.unexplained).toBe(memory.rssDelta);
      }),
    );
  });

  it('counts growth of RSS from after the first capture', () => {
    const memory = explainMemory(makeRecord({ rss: 80 * MB, rssAfterCapture: 200 * MB }, { rss: 210 * MB }));
    expect(memory).toMatchObject({ rssDelta: 10 * MB, rssBefore: 200 * MB, rssAfter: 210 * MB });
  });

  it('takes what snapshots found alive for live, the rest of what is committed for free', () => {
    const record = makeRecord({ heapUsed: 20 * MB, heapTotal: 30 * MB }, { heapUsed: 45 * MB, heapTotal: 50 * MB });
    const { explained } = explainMemory(record, { before: 15 * MB, after: 17 * MB });
    expect(explained).toMatchObject({ jsHeapLive: 2 * MB, jsHeapFree: 18 * MB });
    expect(explainMemory(record).explained).toMatchObject({ jsHeapLive: 25 * MB, jsHeapFree: -5 * MB });
  });

  it.each([
    ['jsHeapLive', { heapUsed: 60 * MB, heapTotal: 70 * MB }],
    ['jsHeapFree', { heapTotal: 70 * MB }],
    ['arrayBuffers', { external: 42 * MB, arrayBuffers: 41 * MB }],
    ['external', { external: 42 * MB }],
    ['unexplained', {}],
  ] as const)('names %s when it grew', (name, change) => {
    const record = makeRecord({ rssAfterCapture: 80 * MB }, { rss: 120 * MB, ...change });
    expect(explainMemory(record).grew).toBe(name);
  });

  it('names nothing when RSS hardly grew, or when its start is not known', () => {
    expect(explainMemory(makeRecord({ rssAfterCapture: 80 * MB }, { rss: 84 * MB })).grew).toBeNull();
    expect(explainMemory(makeRecord({}, { rss: 180 * MB })).grew).toBeNull();
    expect(explainMemory(makeRecord({}, { rss: 180 * MB }, { captureMode: 'profile' })).grew).toBe('unexplained');
  });
});

describe('noteMemory', () => {
  it('tells what the first capture left behind', () => {
    const [note] = noteMemory(makeRecord({ rss: 80 * MB, rssAfterCapture: 215 * MB }, {}));
    expect(note).toMatch(/first capture itself left 135\.0 MB/);
    expect(noteMemory(makeRecord({ rss: 80 * MB, rssAfterCapture: 81 * MB }, {}))).toEqual([]);
    expect(noteMemory(makeRecord({}, {}))[0]).toMatch(/not known/);
    expect(noteMemory(makeRecord({}, {}, { captureMode: 'profile' }))).toEqual([]);
  });
});

describe('measureOffHeap', () => {
  const edges = `${MODULE} context $pool -> buffer\nbuffer {backing_store} -> store`;
  const nodes = (selfSize: number) => ({
    buffer: { name: 'ArrayBuffer', selfSize: 96 },
    store: { type: 'native', name: 'system / JSArrayBufferData', selfSize },
  });

  it('sees what backs buffers, record or not', async () => {
    const before = await openProgram({ edges, nodes: nodes(1_000) });
    const after = await openProgram({ edges, nodes: nodes(5_000_000) });
    expect(measureOffHeap(before, after, null)).toMatchObject({ held: 4_999_000, unexplained: null });
  });

  it('counts the texts of external strings as outside, and not as live heap', async () => {
    const strings = {
      text: { type: 'string', name: 'x', selfSize: 1_200_032 },
      shape: { type: 'object shape', name: 'system / Map (ExternalOneByteString)', selfSize: 0 },
    };
    const before = await openProgram({ edges: MODULE });
    const after = await openProgram({ edges: `${MODULE}context $text -> text\ntext {map} -> shape`, nodes: strings });
    expect(measureOffHeap(before, after, null)).toMatchObject({ held: 1_200_032, strings: 1_200_032 });
    expect(measureLiveHeap(after)).toBe(measureLiveHeap(before));
  });

  it('counts worker threads by what Node has of them', async () => {
    const nodes = {
      worker: { type: 'native', name: 'Node / Worker' },
      name: { type: 'string', name: 'Node / Worker' },
    };
    const of = (count: number) =>
      openProgram({
        edges: `${MODULE}context $name -> name\n${times(count, (i) => `root #${i + 5} -> worker${i}`)}`,
        nodes,
      });
    expect(measureOffHeap(await of(2), await of(5), null)).toMatchObject({ workers: 5, moreWorkers: 3 });
  });

  it('takes for unexplained what neither heap nor buffers account for', async () => {
    const heap = await openProgram({ edges, nodes: nodes(1_000) });
    const record = makeRecord({ rssAfterCapture: 80 * MB }, { rss: 180 * MB, heapUsed: 25 * MB, heapTotal: 35 * MB });
    expect(measureOffHeap(heap, heap, record)).toMatchObject({ held: 0, unexplained: 95 * MB, transferred: 0 });
  });

  it('tells buffers that were given away, which Node counts and V8 does not, from garbage, which both do', async () => {
    const heap = await openProgram({ edges, nodes: nodes(1_000) });
    const garbage = makeRecord({}, { external: 152 * MB, arrayBuffers: 151 * MB });
    expect(measureOffHeap(heap, heap, garbage)).toMatchObject({ held: 0, external: 0, transferred: 0 });
    const givenAway = makeRecord({}, { external: 2 * MB, arrayBuffers: 152 * MB });
    expect(measureOffHeap(heap, heap, givenAway)).toMatchObject({ held: 0, transferred: 150 * MB });
    expect(explainMemory(givenAway).parts.find(({ name }) => name === 'external')).toMatchObject({ after: 0 });
  });
});

describe('what of a suspect lies outside the heap', () => {
  const uploads = (count: number) => {
    const upload = (i: number) => `table #${i} -> upload${i}\nupload${i} .data -> data${i}`;
    const nodes: Record<string, NodeKindPlan> = { map: { name: 'Map' }, table: { type: 'array', name: '' } };
    for (let i = 0; i < count; i++) {
      nodes[`upload${i}`] = { name: 'Upload', selfSize: 100 };
      nodes[`data${i}`] = { type: 'native', name: 'system / JSArrayBufferData', selfSize: 3_000 };
    }
    return openProgram({
      edges: `${MODULE} context $open -> map\nmap {table} -> table\n${times(count, upload)}`,
      nodes,
    });
  };

  it('says what of the growth of a suspect is not in the heap', async () => {
    const [before, after] = [await uploads(10), await uploads(110)];
    const { traced } = await analyzePair(before, after, { before: '', after: '', profile: null, record: null });
    expect(traced.suspects[0]).toMatchObject({ growthCount: 100, growthBytes: 310_000 });
    expect(traced.outside[0]).toBe(300_000);
  });
});
