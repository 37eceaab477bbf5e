import { describe, expect, it } from 'vitest';
import type { Trend, TrendKind } from '../../src/diff/trend';
import type { Suspect } from '../../src/diff/types';
import { describeHolder, growthPerUnit, judgeGrowth } from '../../src/diff/verdict';
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

function trend(kind: TrendKind, riseBytes = 4 * MB, lateRiseBytes = kind === 'rising' ? riseBytes / 2 : 0): Trend {
  return {
    kind,
    riseBytes,
    ...{ lateRiseBytes, lastRiseBytes: lateRiseBytes },
    fallBytes: kind === 'emptied' ? 3 * MB : 0,
    noiseBytes: 0,
    samples: kind === 'unknown' ? 1 : 10,
  };
}

const record = makeRecord({ units: { request: 0 }, rssAfterCapture: 80 * MB }, { units: { request: 777 } });
const inside = { held: 0, unexplained: 0 };
const judge = (more: Partial<Parameters<typeof judgeGrowth>[0]>) =>
  judgeGrowth({
    totalBytes: 5 * MB,
    suspects: [suspect(4 * MB, 5_000)],
    trend: trend('unknown'),
    offHeap: inside,
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
    ['growth', 'low', 'bare snapshots', { record: null, offHeap: { held: 0, unexplained: null } }],
    ['growth', 'medium', 'growth that nothing gathers', { suspects: [] }],
    ['steady', 'high', 'next to nothing', { suspects: [], totalBytes: 60_000, trend: trend('levelled', 0) }],
    ['steady', 'medium', 'next to nothing, and no floor', { suspects: [], totalBytes: 60_000 }],
    ['off-heap', 'high', 'Buffers', { totalBytes: 40 * MB, offHeap: { held: 39 * MB, unexplained: 0 } }],
    [
      'off-heap',
      'low',
      'RSS that no object accounts for',
      { suspects: [], totalBytes: 60_000, offHeap: { held: 0, unexplained: 90 * MB } },
    ],
  ] as const)('%s, %s: %s', (kind, confidence, _, evidence) =>
    expect(judge(evidence)).toMatchObject({ kind, confidence }),
  );

  it('takes growth in step with the work for a leak, floor or not', () => {
    const suspects = [suspect(400_000, 2 * 777)];
    expect(judge({ suspects })).toMatchObject({ kind: 'leak', confidence: 'low' });
    expect(judge({ suspects, trend: trend('levelled', 800_000, 100_000) })).toMatchObject({
      kind: 'leak',
      confidence: 'medium',
    });
    expect(judge({ suspects, trend: trend('levelled', 800_000, 1_000) }).kind).toBe('growth');
  });

  it('does not ask a floor for what its own noise can hide', () => {
    const suspects = [suspect(190_000, 777)];
    const levelled = (lateRiseBytes: number) => judge({ suspects, trend: trend('levelled', 300_000, lateRiseBytes) });
    expect(levelled(-2_000)).toMatchObject({ kind: 'leak', confidence: 'medium' });
    expect(levelled(-100_000).kind).toBe('growth');
  });

  it('does not blame memory outside on a process whose first capture is not accounted for', () => {
    const offHeap = { held: 0, unexplained: 90 * MB };
    expect(judge({ suspects: [], totalBytes: 60_000, offHeap, record: makeRecord({}, {}) }).kind).toBe('steady');
  });

  it('says it in one sentence that names what, where, and no more of the way', () => {
    const { summary } = judge({ trend: trend('rising') });
    expect(summary).toContain('5,000 Session pile up in `sessions` (Map), a variable in module scope of src/store.js');
    expect(summary).not.toContain('through a');
    expect(summary).not.toMatch(/held by/);
  });
});

describe('describeHolder', () => {
  it('stops after the place', () => {
    expect(describeHolder(suspect(1, 1))).toBe('`sessions` (Map), a variable in module scope of src/store.js');
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
