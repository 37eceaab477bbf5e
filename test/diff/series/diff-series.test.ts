/** Series of captures, bare ones of one process: ids stay, so what came when is exact. */
import fs from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { diffSeries } from '../../../src/diff/series/diff-series';
import { joinRecords, unitsAt, workBetween } from '../../../src/diff/series/join-records';
import type { SeriesCapture } from '../../../src/diff/series/series-types';
import type { HeapDiff } from '../../../src/diff/types';
import type { Heap } from '../../../src/heap/heap';
import { openHeap } from '../../../src/heap/open-heap';
import { captureSteps } from '../../support/capture-steps';
import { makeFloor, makeRecord } from '../../support/sample-record';

/** Every step: 1,500 Sessions for good, a cache filled to 3,000 Rows, a batch of Jobs that the second step throws away. */
const PROGRAM = `
  class Session { constructor(i) { this.id = i; this.token = 'token ' + i + Math.random(); } }
  class Row { constructor(i) { this.i = i; this.text = 'row ' + i + Math.random(); } }
  class Job { constructor(i) { this.payload = 'job ' + i + Math.random(); } }
  const sessions = new Map(), cache = new Map();
  let batch = [], done = 0;
  module.exports = function step(number) {
    for (let i = 0; i < 1500; i++) {
      done++;
      sessions.set('s' + done, new Session(done));
      for (const key of [2 * done, 2 * done + 1]) if (number > 0) cache.set(key % 3000, new Row(key));
      if (number !== 2) batch.push(new Job(done));
    }
    if (number === 2) batch = [];
  };`;

let files: string[];
let diff: HeapDiff;
const series = (captures: readonly string[]) => ({
  captures: captures.map((file) => ({ file, session: null })),
  profiles: [],
});
beforeAll(async () => {
  files = captureSteps(PROGRAM, 4);
  diff = await diffSeries(series(files));
});

const suspectOf = (name: string) => diff.suspects.find(({ constructor: definition }) => definition.name === name)!;

describe('diffSeries', () => {
  it('reports all captures, and compares the first with the last', () => {
    expect(diff.captures!.map(({ file }) => file)).toEqual(files);
    expect(diff.captures!.map(({ units }) => units)).toEqual([null, null, null, null]);
    expect(diff).toMatchObject({
      before: { file: files[0] },
      after: { file: files[3] },
      identity: { comparable: true },
    });
  });

  it('tells what grew in every step from what stopped growing', () => {
    expect(suspectOf('Session').trend).toMatchObject({ kind: 'rising', counts: [1500, 3000, 4500, 6000] });
    expect(suspectOf('Row').trend).toMatchObject({ kind: 'levelled', counts: [0, 3000, 3000, 3000] });
    expect(diff.constructors.find(({ name }) => name === 'Job')!.trend!.counts).toEqual([1500, 3000, 0, 1500]);
  });

  it('tells the bytes that the objects at a place retain', async () => {
    const [first, last] = await Promise.all([files[0]!, files[3]!].map((file) => openHeap(file)));
    const retainedBy = (heap: Heap, name: string) =>
      heap.classes.classes.find((row) => row.name === name && row.count > 1)!.retainedSize;
    const { bytes } = suspectOf('Session').trend!;
    for (const [heap, at] of [[first!, 0], [last!, 3]] as const) {
      const sessions = retainedBy(heap, 'Session');
      expect(bytes[at]).toBeGreaterThanOrEqual(sessions);
      expect(bytes[at]).toBeLessThan(sessions * 1.25); // with the keys of the Map
    } // biome-ignore format: a table
  });

  it('puts the leak first though the cache may be larger, and is sure of it', () => {
    expect(diff.suspects.map(({ rank }) => rank)).toEqual(diff.suspects.map((_, at) => at + 1));
    expect(diff.suspects[0]!.constructor.name).toBe('Session');
    expect(diff.verdict).toMatchObject({ kind: 'leak', confidence: 'high' });
    expect(diff.verdict.summary).toMatch(
      /more in every step \(\+1,500, \+1,500, \+1,500\); what came in the first step is still there/,
    );
  });

  it('knows what was allocated in which step and is still there', () => {
    expect(suspectOf('Session').trend!.survivors).toEqual([1500, 1500, 1500, 1500]);
    expect(diff.constructors.find(({ name }) => name === 'Job')!.trend!.survivors).toEqual([0, 0, 0, 1500]);
  });

  it('opens the suspect that has the rank after ranking', async () => {
    const { suspectDetails } = await diffSeries(series(files), { suspect: 1 });
    expect(suspectDetails).toMatchObject({ rank: 1, members: { countAfter: 6000 } });
    expect(suspectDetails!.examples[0]!.constructor).toBe('Session');
    await expect(diffSeries(series(files), { suspect: 99 })).rejects.toMatchObject({ code: 'NO_SUCH_SUSPECT' });
  });

  it('takes a program that stopped leaking for no leak', async () => {
    const stopped = path.join(path.dirname(files[0]!), 'again.heapsnapshot');
    fs.copyFileSync(files[1]!, stopped);
    const { verdict } = await diffSeries(series([files[0]!, files[1]!, stopped]));
    expect(verdict).toMatchObject({ kind: 'growth', confidence: 'high' });
    expect(verdict.summary).toContain('stopped growing');
  });
});

describe('objects of which the heap has no more than before', () => {
  const queues = `
    class Job { constructor(i) { this.id = 'job ' + i; this.text = 'payload of job ' + i + Math.random(); } }
    class Message { constructor(i) { this.id = 'message ' + i; this.text = 'text of message ' + i + Math.random(); } }
    const make = (Made) => Array.from({ length: 6000 }, (_, i) => new Made(i));
    const pending = make(Job), finished = new Map(), backlog = make(Message), unacked = new Map();
    let count = 6000;`;
  const handOn = 'const job = pending.pop(); finished.set(job.id, job);';
  const pileUp = 'backlog.pop(); count++; unacked.set(count, new Message(count));';
  const judge = async (work: string) => {
    const step = `module.exports = function step() { for (let i = 0; i < 1500; i++) { ${work} } };`;
    return diffSeries(series(captureSteps(`${queues} ${step}`, 3)));
  };

  it('are moved, where they were there before', async () => {
    const { verdict, suspects } = await judge(handOn);
    expect(suspects[0]).toMatchObject({ constructor: { name: 'Job' }, trend: { kind: 'steady' } });
    expect(verdict).toMatchObject({ kind: 'steady', confidence: 'medium' });
    expect(verdict.summary).toContain('no more of them in all of the heap: moved, or replaced');
  });

  it('pile up, where ids tell that they are new and stay', async () => {
    const { verdict, suspects } = await judge(pileUp);
    expect(suspects[0]).toMatchObject({ constructor: { name: 'Message' }, trend: { kind: 'rising' } });
    expect(verdict.kind).toBe('leak');
  });
});

describe('records of several sessions', () => {
  const first = makeRecord(
    { units: { job: 0 }, monotonic: 0, rssAfterCapture: 9 },
    { units: { job: 100 }, monotonic: 1_000 },
    { floor: makeFloor([1, 2]) },
  );
  const second = makeRecord(
    { units: { job: 130 }, monotonic: 2_000 },
    { units: { job: 230 }, monotonic: 3_000 },
    { floor: makeFloor([5, 6]).map((sample) => ({ ...sample, monotonic: sample.monotonic + 2_000 })) },
  );
  const captures: SeriesCapture[] = [
    { file: 'a', session: { record: first, end: first.before } },
    { file: 'b', session: { record: first, end: first.after } },
    { file: 'c', session: { record: second, end: second.before } },
    { file: 'd', session: { record: second, end: second.after } },
  ];

  it('become one window', () => {
    const joined = joinRecords(captures)!;
    expect(joined.before.units).toEqual({ job: 0 });
    expect(joined.after.units).toEqual({ job: 230 });
    expect(joined.floor.map(({ bytes }) => bytes)).toEqual([1_000, 2_000, 5_000, 6_000]);
    // Captures in between left memory behind as well: growth of RSS proves nothing.
    expect(joined.before.rssAfterCapture).toBeUndefined();
  });

  it('give the work of each step', () => {
    expect(unitsAt(captures)).toEqual([0, 100, 130, 230]);
    expect(workBetween(unitsAt(captures))).toEqual([100, 30, 100]);
    expect(workBetween([0, null, 5])).toBeNull();
    expect(workBetween([0, 0, 5])).toBeNull();
  });

  it('of several processes stay apart', () => {
    const other = { ...second, pid: 1 };
    const mixed = [...captures.slice(0, 2), { file: 'c', session: { record: other, end: other.before } }];
    expect(joinRecords(mixed)).toBeNull();
    expect(unitsAt(mixed)).toEqual([null, null, null]);
    expect(joinRecords([{ file: 'x', session: null }, ...captures])).toBeNull();
  });
});
