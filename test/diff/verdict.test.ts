import { describe, expect, it } from 'vitest';
import { describeHolder } from '../../src/diff/suspect-text';
import type { Trend, TrendKind } from '../../src/diff/trend';
import type { Suspect } from '../../src/diff/types';
import { findLeader, growthPerUnit, judgeGrowth } from '../../src/diff/verdict';
import { makeRecord } from '../support/sample-record';

const MB = 1_000_000;

function suspect(growthBytes: number, growthCount: number, growthShare = 0.9): Suspect {
  return {
    ...{ rank: 1, growthBytes, growthShare, growthCount, allocationSites: [] },
    constructor: { name: 'Session', function: null, location: null },
    holder: {
      name: 'Map',
      label: 'sessions',
      path: [],
      text: '`sessions` (Map), a variable in module scope of src/store.js, through a → b',
    },
  };
}

/** A steady slope brings half of the rise late. */
function trend(kind: TrendKind, riseBytes = 4 * MB, lateRiseBytes = kind === 'rising' ? riseBytes / 2 : 0): Trend {
  return {
    ...{ kind, riseBytes, lateRiseBytes, lastRiseBytes: lateRiseBytes },
    fallBytes: kind === 'emptied' ? 3 * MB : 0,
    noiseBytes: 0,
    samples: kind === 'unknown' ? 1 : 10,
  };
}

const record = makeRecord({ units: { request: 0 }, rssAfterCapture: 80 * MB }, { units: { request: 777 } });
const inside = { held: 0, strings: 0, workers: 0, moreWorkers: 0, unexplained: 0, external: 0, transferred: 0 };
const judge = (more: Partial<Parameters<typeof judgeGrowth>[0]>) =>
  judgeGrowth({
    totalBytes: 5 * MB,
    suspects: [suspect(4 * MB, 5_000)],
    trend: trend('unknown'),
    trendOutside: trend('unknown'),
    offHeap: inside,
    outside: [],
    turning: [],
    moreOfClass: [],
    made: [],
    record,
    ...more,
  });

describe('judgeGrowth', () => {
  it.each([
    ['leak', 'high', 'a floor that rises to the end', { trend: trend('rising') }],
    [
      'leak',
      'medium',
      'a rising floor, of which the suspect is a part',
      { trend: trend('rising'), suspects: [suspect(4 * MB, 5_000, 0.3)] },
    ],
    ['growth', 'high', 'a floor that levelled off', { trend: trend('levelled') }],
    ['growth', 'medium', 'a floor that fell in between', { trend: trend('emptied') }],
    ['growth', 'low', 'no floor', {}],
    ['growth', 'low', 'bare snapshots', { record: null, offHeap: { ...inside, unexplained: null } }],
    ['growth', 'medium', 'growth that nothing gathers', { suspects: [] }],
    ['steady', 'high', 'next to nothing', { suspects: [], totalBytes: 60_000, trend: trend('levelled', 0) }],
    ['steady', 'medium', 'next to nothing, and no floor', { suspects: [], totalBytes: 60_000 }],
    ['growth', 'low', 'a floor that began to rise late', { trend: trend('late') }],
    ['off-heap', 'medium', 'Buffers', { totalBytes: 40 * MB, offHeap: { ...inside, held: 39 * MB } }],
    [
      'off-heap',
      'low',
      'RSS that no object accounts for',
      { suspects: [], totalBytes: 60_000, offHeap: { ...inside, unexplained: 90 * MB } },
    ],
    [
      'off-heap',
      'medium',
      'buffers that were transferred',
      { suspects: [], totalBytes: 60_000, offHeap: { ...inside, transferred: 150 * MB } },
    ],
  ] as const)('%s, %s: %s', (kind, confidence, _, evidence) =>
    expect(judge(evidence)).toMatchObject({ kind, confidence }),
  );

  describe('judges suspects that are too small each by their sum', () => {
    const many = (count: number, growthCount = 500) =>
      Array.from({ length: count }, () => suspect(130_000, growthCount, 0.1));
    const together = (suspects: Suspect[], kind: TrendKind) =>
      judge({ totalBytes: 1.3 * MB, suspects, trend: trend(kind, 1.2 * MB) });

    it('where the floor rises, or nobody knows', () => {
      const rising = together(many(6), 'rising');
      expect(rising).toMatchObject({ kind: 'leak', confidence: 'medium' });
      expect(rising.summary).toContain('500 Session pile up in `sessions` (Map)');
      expect(rising.summary).toContain('and other objects in 5 other places: the live heap keeps growing');
      expect(together(many(6), 'unknown')).toMatchObject({ kind: 'growth', confidence: 'low' });
    });

    it('but not where it levelled off, where they are few, small, or grew in place', () => {
      for (const verdict of [
        together(many(6), 'levelled'),
        together(many(2), 'rising'),
        together(many(6, 0), 'rising'),
      ]) {
        expect(verdict).toMatchObject({ kind: 'growth', confidence: 'medium' });
        expect(verdict.summary).toContain('as code that warms up does');
      }
    });
  });

  it('does not call a leak what comes and goes, where the floor rises or nobody knows', () => {
    for (const kind of ['rising', 'unknown'] as const) {
      const verdict = judge({ trend: trend(kind), turning: [true] });
      expect(verdict).toMatchObject({ kind: 'growth', confidence: 'medium' });
      expect(verdict.summary).toMatch(/^5,000 Session more in `sessions` .* they come and go, more at a time/);
    }
    expect(judge({ trend: trend('rising'), turning: [false, true] }).kind).toBe('leak');
    expect(judge({ trend: trend('levelled'), turning: [true] }).summary).toContain('levelled off');
  });

  describe('where as much was freed in other places', () => {
    const steady = { totalBytes: 100_000, trend: trend('levelled', 0) };
    const inStep = [suspect(4 * MB, 777)];

    it('goes by the step with the work', () => {
      const verdict = judge({ ...steady, suspects: inStep });
      expect(verdict).toMatchObject({ kind: 'leak', confidence: 'low' });
      expect(verdict.summary).toContain('in step with the work; 3.9 MB were freed in other places meanwhile');
      expect(judge({ totalBytes: 4 * MB, trend: trend('levelled', 0), suspects: inStep }).kind).toBe('growth');
    });

    it('but not of what lies outside of the heap', () => {
      const freed = { totalBytes: -4 * MB, offHeap: { ...inside, held: -8 * MB } };
      expect(judge({ ...steady, ...freed, suspects: inStep })).toMatchObject({ kind: 'growth', confidence: 'medium' });
    });

    it('puts what is in step before a larger one that is not', () => {
      const evidence = {
        ...{ totalBytes: MB, suspects: [suspect(2 * MB, 900), ...inStep], trend: trend('levelled', MB, 0) },
        ...{ trendOutside: trend('unknown'), offHeap: inside, record },
        ...{ outside: [], turning: [], moreOfClass: [], made: [] },
      };
      expect(findLeader(evidence)).toBe(1);
      expect(findLeader({ ...evidence, totalBytes: 6 * MB })).toBe(0);
      expect(findLeader({ ...evidence, moreOfClass: [900, 20] })).toBe(0);
      expect(findLeader({ ...evidence, trend: trend('rising', 1.5 * MB) })).toBe(0);
    });

    it('says so, where there is no step', () => {
      const verdict = judge(steady);
      expect(verdict).toMatchObject({ kind: 'growth', confidence: 'low' });
      expect(verdict.summary).toContain('3.9 MB were freed in other places meanwhile: what grows is not seen');
    });

    it('goes by the floor where that rises all the same', () => {
      expect(judge({ totalBytes: 2 * MB, trend: trend('rising', 2 * MB) })).toMatchObject({ kind: 'leak' });
    });

    it('takes what there are no more of in all of the heap for moved', () => {
      const verdict = judge({ ...steady, suspects: inStep, moreOfClass: [20], made: [0.5 * MB] });
      expect(verdict).toMatchObject({ kind: 'steady', confidence: 'medium' });
      expect(verdict.summary).toContain('about as many of them fewer in other places');
      expect(judge({ ...steady, totalBytes: MB, moreOfClass: [20] })).toMatchObject({ kind: 'growth' });
    });

    it('unless each unit left one, and samples say that they were made meanwhile', () => {
      const made = { suspects: inStep, moreOfClass: [20], made: [3.5 * MB] };
      expect(judge({ ...steady, ...made })).toMatchObject({ kind: 'leak', confidence: 'low' });
      expect(judge({ ...steady, ...made, suspects: [suspect(4 * MB, 700)] }).kind).toBe('steady');
    });
  });

  it('calls a leak what was put before a cache that filled, where it brings what the floor shows late', () => {
    const suspects = [suspect(MB, 200, 0.3), suspect(2 * MB, 3_000, 0.6)];
    const late = { totalBytes: 3 * MB, trend: trend('levelled', 3 * MB, 0.4 * MB) };
    expect(judge({ ...late, suspects, turning: [false, true] }).kind).toBe('leak');
    expect(judge({ ...late, suspects: [suspect(2 * MB, 3_000)], turning: [true] }).kind).toBe('growth');
    expect(judge({ ...late, suspects, trend: trend('levelled', 3 * MB, 0.2 * MB) }).kind).toBe('growth');
  });

  it('calls a leak that of which each unit of work left one, however young the samples', () => {
    const suspects = [suspect(4 * MB, 777)];
    expect(judge({ trend: trend('rising'), suspects, turning: [true] }).kind).toBe('leak');
    expect(judge({ trend: trend('rising'), suspects: [suspect(4 * MB, 700)], turning: [true] }).kind).toBe('growth');
  });

  it('says what holds memory outside the heap, Buffers or native memory', () => {
    const offHeapOf = (held: number) =>
      judge({ trend: trend('levelled'), offHeap: { ...inside, held }, outside: [3.9 * MB], totalBytes: 9 * MB })
        .summary;
    expect(offHeapOf(0)).toMatch(/^3\.9 MB more native memory, outside the JS heap, held by `sessions`/);
    expect(offHeapOf(4 * MB)).toMatch(/^4\.0 MB more memory behind Buffers and ArrayBuffers/);
  });

  it('says of memory that no snapshot shows whether V8 knows of it', () => {
    const unexplained = (external: number) =>
      judge({ suspects: [], totalBytes: 0, offHeap: { ...inside, unexplained: 140 * MB, external } }).summary;
    expect(unexplained(0)).toContain('no JavaScript object accounts for');
    expect(unexplained(130 * MB)).toContain('external strings');
  });

  it('says of memory that no snapshot shows whether more worker threads run', () => {
    const summaryWith = (workers: number, moreWorkers: number) =>
      judge({ suspects: [], totalBytes: 0, offHeap: { ...inside, unexplained: 140 * MB, workers, moreWorkers } })
        .summary;
    expect(summaryWith(25, 24)).toContain('24 more worker threads run, each with a heap of its own');
    expect(summaryWith(1, 0)).toContain('the heap of a worker thread');
    expect(summaryWith(0, 0)).not.toContain('worker');
  });

  it('does not say of what lies outside the heap that the live heap grows', () => {
    const { kind, summary } = judge({ suspects: [suspect(4 * MB, 5000)], outside: [3.9 * MB], trend: trend('rising') });
    expect(kind).toBe('leak');
    expect(summary).toMatch(/^5,000 Session pile up .*: they hold 3\.9 MB outside of the JS heap\.$/);
  });

  describe('where what is held outside was read after each collection', () => {
    const held = { totalBytes: 5 * MB, offHeap: { ...inside, held: 4.8 * MB }, outside: [4.8 * MB] };
    const outsideOf = (growthCount: number, trendOutside: Trend) =>
      judge({ ...held, suspects: [suspect(4.9 * MB, growthCount)], trend: trend('levelled', 60_000), trendOutside });

    it('objects that pile up with it are a leak if it keeps growing', () => {
      const leak = outsideOf(650, trend('rising', 4.7 * MB));
      expect(leak).toMatchObject({ kind: 'leak', confidence: 'high' });
      expect(leak.summary).toMatch(/they hold 4\.8 MB outside of the JS heap, which keeps growing with the work\.$/);
      for (const other of [trend('levelled', 4.7 * MB), trend('unknown'), trend('rising', 4.7 * MB, 0.8 * MB)]) {
        expect(outsideOf(650, other)).toMatchObject({ kind: 'off-heap', confidence: 'medium' });
      }
    });

    it('one store that keeps growing is no leak of objects', () => {
      const store = outsideOf(0, trend('rising', 4.7 * MB));
      expect(store).toMatchObject({ kind: 'off-heap', confidence: 'high' });
      expect(store.summary).toMatch(/outside the JS heap, held by `sessions` .*: it keeps growing with the work\.$/);
    });

    it('what others hold says nothing of the first suspect', () => {
      const others = { ...held, outside: [0.5 * MB], trendOutside: trend('rising', 4.7 * MB) };
      expect(judge({ ...others, suspects: [suspect(MB, 650)] }).kind).toBe('off-heap');
    });
  });

  it.each([
    ['low', 'no floor', trend('unknown')],
    ['medium', 'a floor that another one levelled', trend('levelled', 8 * MB, 110_000)],
    ['medium', 'a floor that another one is emptied from', trend('emptied', 400_000, 110_000)],
    ['medium', 'a floor that stood still at first', trend('late', 400_000, 110_000)],
    ['low', 'a floor that hides it in its noise', { ...trend('emptied', 400_000, -30_000), noiseBytes: 140_000 }],
  ] as const)('takes what each unit of work left for a leak: %s, %s', (confidence, _, floor) => {
    const verdict = judge({ suspects: [suspect(400_000, 2 * 777)], trend: floor });
    expect(verdict).toMatchObject({ kind: 'leak', confidence });
    expect(verdict.summary).toContain(confidence === 'low' ? 'does not tell' : 'keeps growing');
  });

  it('does not, where the floor shows nothing of it late', () => {
    for (const size of [100_000, 190_000, 4 * MB]) {
      const late = (lateRiseBytes: number) =>
        judge({ suspects: [suspect(size, 777)], trend: trend('levelled', 8 * MB, lateRiseBytes) });
      // The floor falls a little by itself.
      expect(late(size * 0.25 - 45_000).kind).toBe('leak');
      expect(late(size * 0.25 - 55_000)).toMatchObject({ kind: 'growth', confidence: 'medium' });
      expect(late(-32_000).kind).toBe('growth');
    }
  });

  it('takes half as much for a leak where each unit of work left some', () => {
    const small = (growthCount: number, size = 100_000) =>
      judge({ totalBytes: 300_000, suspects: [suspect(size, growthCount, 0.33)], trend: trend('rising', 260_000) })
        .kind;
    expect([small(777), small(777, 95_000), small(388), small(450)]).toEqual(['leak', 'growth', 'growth', 'growth']);
  });

  it('names what gathers the growth, however little that is', () => {
    const little = (share: number) =>
      judge({ totalBytes: 400_000, suspects: [suspect(180_000, 450, share)], trend: trend('rising', 380_000) });
    expect(little(0.45)).toMatchObject({ kind: 'growth', confidence: 'low' });
    expect(little(0.45).summary).toMatch(/^450 Session more in `sessions` .*: too little to tell/);
    expect(little(0.2).summary).toContain('no object gathers');
  });

  it('asks more of a floor that levelled for a crowd of one in every few units', () => {
    const suspects = [suspect(MB, 388)];
    const noise = { noiseBytes: 500_000 };
    const late = (lateRiseBytes: number) =>
      judge({ suspects, trend: { ...trend('levelled', 8 * MB, lateRiseBytes), ...noise } }).kind;
    expect([late(300_000), late(200_000)]).toEqual(['leak', 'growth']);
  });

  it('does not take a rise for that of a suspect that would have brought more', () => {
    const rising = (lateRiseBytes: number) => judge({ trend: trend('rising', 5 * MB, lateRiseBytes) });
    expect(rising(1.5 * MB).kind).toBe('leak');
    expect(rising(0.9 * MB)).toMatchObject({ kind: 'growth', confidence: 'low' });
    // What a floor has in noise alone is not asked for less by a small suspect.
    expect(judge({ suspects: [suspect(226_000, 231)], trend: trend('rising', 414_000, 62_000) }).kind).toBe('growth');
    // Of what never came to the old generation the floor says nothing.
    expect(judge({ suspects: [suspect(40 * MB, 5_000)], trend: trend('rising') }).kind).toBe('leak');
  });

  it('is not sure that something levelled off that the floor may hide', () => {
    const levelled = (size: number) =>
      judge({ suspects: [suspect(size, 450)], trend: trend('levelled', 400_000, 6_000) });
    expect(levelled(212_000)).toMatchObject({ kind: 'growth', confidence: 'medium' });
    expect(levelled(400_000)).toMatchObject({ kind: 'growth', confidence: 'high' });
  });

  it('says what it can of a table that grew in place', () => {
    const verdict = judge({ suspects: [suspect(MB, 0)], trend: trend('levelled') });
    expect(verdict).toMatchObject({ kind: 'growth', confidence: 'low', summary: expect.stringContaining('in jumps') });
  });

  it('judges by the floor only what is in it', () => {
    // 4.5 MB in step with the work, 3.9 of them behind Buffers, beside a cache that fills.
    const buffers = {
      totalBytes: 7 * MB,
      suspects: [suspect(4.5 * MB, 777, 0.65)],
      offHeap: { ...inside, held: 3.9 * MB },
    };
    const floor = trend('levelled', 3 * MB, 350_000);
    expect(judge({ ...buffers, outside: [3.9 * MB], trend: floor }).kind).toBe('leak');
    expect(judge({ ...buffers, offHeap: inside, outside: [0], trend: floor }).kind).toBe('growth');
    const slabs = { ...buffers, suspects: [suspect(4.5 * MB, 89)], outside: [4.4 * MB] };
    expect(judge({ ...slabs, trend: floor })).toMatchObject({ kind: 'off-heap', confidence: 'medium' });
  });

  it('is sure of growth outside only where what holds it shows in the floor', () => {
    const held = {
      totalBytes: 40 * MB,
      suspects: [suspect(40 * MB, 5_000)],
      offHeap: { ...inside, held: 39 * MB },
    };
    const confidence = (outside: number) =>
      judge({ ...held, outside: [outside], trend: trend('rising', 2 * MB) }).confidence;
    expect([confidence(39 * MB), confidence(39.95 * MB)]).toEqual(['high', 'medium']);
  });

  it('does not blame memory outside on a process whose first capture is not accounted for', () => {
    const offHeap = { ...inside, unexplained: 90 * MB };
    expect(judge({ suspects: [], totalBytes: 60_000, offHeap, record: makeRecord({}, {}) }).kind).toBe('steady');
  });

  it('says it in one sentence that names what, where, and no more of the way', () => {
    const { summary } = judge({ trend: trend('rising') });
    expect(summary).toContain('5,000 Session pile up in `sessions` (Map), a variable in module scope of src/store.js');
    expect(summary).not.toContain('through a');
    expect(summary).not.toMatch(/held by/);
  });
});

describe('findLeader', () => {
  const others = {
    ...{ totalBytes: 7 * MB, trendOutside: trend('unknown'), offHeap: inside, record },
    ...{ outside: [], turning: [], moreOfClass: [], made: [] },
  };
  const lead = (suspects: Suspect[], floor: Trend) => findLeader({ ...others, suspects, trend: floor });
  const cacheAndLeak = [suspect(4 * MB, 450), suspect(2 * MB, 777)];

  it('puts what is in step before a larger cache that filled', () => {
    expect(lead(cacheAndLeak, trend('rising', 6 * MB, MB))).toBe(1);
  });

  it('which may be no larger than what the floor is off by', () => {
    const cacheBesideLeak = [suspect(287_000, 570), suspect(240_000, 777)];
    const floor = (late: number, noiseBytes = 0) => ({ ...trend('rising', 650_000, late), noiseBytes });
    expect(lead(cacheBesideLeak, floor(230_000))).toBe(1);
    expect(lead(cacheBesideLeak, floor(290_000))).toBe(0);
    expect(lead(cacheBesideLeak, floor(290_000, 60_000))).toBe(1);
  });

  it('puts what stays before what comes and goes', () => {
    const suspects = [suspect(4 * MB, 450), suspect(2 * MB, 500)];
    const rising = { ...others, suspects, trend: trend('rising', 5 * MB) };
    expect(findLeader({ ...rising, turning: [true, false] })).toBe(1);
    expect(findLeader({ ...rising, turning: [true, true] })).toBe(0);
    expect(findLeader({ ...rising, trend: trend('levelled'), turning: [true, false] })).toBe(0);
  });

  it.each([
    ['which the floor says that it grew', cacheAndLeak, trend('rising', 6 * MB, 3 * MB)],
    ['which is in step itself', [suspect(4 * MB, 1554), suspect(2 * MB, 777)], trend('rising', 6 * MB, MB)],
    ['whose companion is too small', [suspect(4 * MB, 450), suspect(100_000, 777)], trend('rising', 6 * MB, MB)],
    ['which did not come to the floor', cacheAndLeak, trend('rising', 1.5 * MB, MB)],
    ['without a floor', cacheAndLeak, trend('unknown')],
  ])('leaves the largest first: %s', (_, suspects, floor) => expect(lead(suspects, floor)).toBe(0));
});

describe('describeHolder', () => {
  it('stops after the place', () => {
    expect(describeHolder(suspect(1, 1))).toBe('`sessions` (Map), a variable in module scope of src/store.js');
  });

  it('says of many classes how many they are', () => {
    const { summary } = judge({ trend: trend('rising'), suspects: [{ ...suspect(4 * MB, 5_000), classCount: 12 }] });
    expect(summary).toContain('5,000 objects of 12 classes, such as Session, pile up in `sessions` (Map)');
  });

  it('leaves shapes whole', () => {
    const shaped = suspect(1, 1);
    const text = '`children` ({code, fields, next}), a variable of build() at src/tree.js:4, through a → b';
    expect(describeHolder({ ...shaped, holder: { ...shaped.holder, text } })).toBe(
      '`children` ({code, fields, next}), a variable of build() at src/tree.js:4',
    );
  });
});

it('growthPerUnit goes by the unit done most', () => {
  const units = makeRecord({ units: { request: 10 } }, { units: { request: 1_010, job: 3 } });
  expect(growthPerUnit(2_500_400, units)).toEqual({ unit: 'request', count: 1_000, bytes: 2_500 });
  expect(growthPerUnit(1, makeRecord({}, {}))).toBeNull();
});
