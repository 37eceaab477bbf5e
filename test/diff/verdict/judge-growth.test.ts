import { describe, expect, it } from 'vitest';
import type { TrendKind } from '../../../src/diff/trend';
import type { Suspect } from '../../../src/diff/types';
import type { Evidence } from '../../../src/diff/verdict/evidence';
import { judgeGrowth } from '../../../src/diff/verdict/judge-growth';
import { INSIDE, makeEvidence, makeSuspect, makeTrend } from '../../support/sample-evidence';

const MB = 1_000_000;

const judge = (more: Partial<Evidence>) => judgeGrowth(makeEvidence(more));

describe('judgeGrowth', () => {
  it.each([
    ['leak', 'high', 'a floor that rises to the end', { trend: makeTrend('rising') }],
    [
      'leak',
      'medium',
      'a rising floor, of which the suspect is a part',
      { trend: makeTrend('rising'), suspects: [makeSuspect(4 * MB, 5_000, 0.3)] },
    ],
    ['growth', 'high', 'a floor that levelled off', { trend: makeTrend('levelled') }],
    ['growth', 'medium', 'a floor that fell in between', { trend: makeTrend('emptied') }],
    ['growth', 'low', 'no floor', {}],
    ['growth', 'low', 'bare snapshots', { record: null, offHeap: { ...INSIDE, unexplained: null } }],
    ['growth', 'medium', 'growth that nothing gathers', { suspects: [] }],
    ['steady', 'high', 'next to nothing', { suspects: [], totalBytes: 60_000, trend: makeTrend('levelled', 0) }],
    ['steady', 'medium', 'next to nothing, and no floor', { suspects: [], totalBytes: 60_000 }],
    ['growth', 'low', 'a floor that began to rise late', { trend: makeTrend('late') }],
    ['off-heap', 'medium', 'Buffers', { totalBytes: 40 * MB, offHeap: { ...INSIDE, held: 39 * MB } }],
    [
      'off-heap',
      'low',
      'RSS that no object accounts for',
      { suspects: [], totalBytes: 60_000, offHeap: { ...INSIDE, unexplained: 90 * MB } },
    ],
    [
      'off-heap',
      'medium',
      'buffers that were transferred',
      { suspects: [], totalBytes: 60_000, offHeap: { ...INSIDE, transferred: 150 * MB } },
    ],
  ] as const)('%s, %s: %s', (kind, confidence, _, evidence) =>
    expect(judge(evidence)).toMatchObject({ kind, confidence }),
  );

  describe('judges suspects that are too small each by their sum', () => {
    const many = (count: number, growthCount = 500) =>
      Array.from({ length: count }, () => makeSuspect(130_000, growthCount, 0.1));
    const together = (suspects: Suspect[], kind: TrendKind) =>
      judge({ totalBytes: 1.3 * MB, suspects, trend: makeTrend(kind, 1.2 * MB) });

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
      const verdict = judge({ trend: makeTrend(kind), turning: [true] });
      expect(verdict).toMatchObject({ kind: 'growth', confidence: 'medium' });
      expect(verdict.summary).toMatch(/^5,000 Session more in `sessions` .* they come and go, more at a time/);
    }
    expect(judge({ trend: makeTrend('rising'), turning: [false, true] }).kind).toBe('leak');
    expect(judge({ trend: makeTrend('levelled'), turning: [true] }).summary).toContain('levelled off');
  });

  describe('where as much was freed in other places', () => {
    const steady = { totalBytes: 100_000, trend: makeTrend('levelled', 0) };
    const inStep = [makeSuspect(4 * MB, 777)];

    it('goes by the step with the work', () => {
      const verdict = judge({ ...steady, suspects: inStep });
      expect(verdict).toMatchObject({ kind: 'leak', confidence: 'low' });
      expect(verdict.summary).toContain('in step with the work; 3.9 MB were freed in other places meanwhile');
      expect(judge({ totalBytes: 4 * MB, trend: makeTrend('levelled', 0), suspects: inStep }).kind).toBe('growth');
    });

    it('but not of what lies outside of the heap', () => {
      const freed = { totalBytes: -4 * MB, offHeap: { ...INSIDE, held: -8 * MB } };
      expect(judge({ ...steady, ...freed, suspects: inStep })).toMatchObject({ kind: 'growth', confidence: 'medium' });
    });

    it('says so, where there is no step', () => {
      const verdict = judge(steady);
      expect(verdict).toMatchObject({ kind: 'growth', confidence: 'low' });
      expect(verdict.summary).toContain('3.9 MB were freed in other places meanwhile: what grows is not seen');
    });

    it('goes by the floor where that rises all the same', () => {
      expect(judge({ totalBytes: 2 * MB, trend: makeTrend('rising', 2 * MB) })).toMatchObject({ kind: 'leak' });
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
      expect(judge({ ...steady, ...made, suspects: [makeSuspect(4 * MB, 700)] }).kind).toBe('steady');
    });
  });

  it('calls a leak what was put before a cache that filled, where it brings what the floor shows late', () => {
    const suspects = [makeSuspect(MB, 200, 0.3), makeSuspect(2 * MB, 3_000, 0.6)];
    const late = { totalBytes: 3 * MB, trend: makeTrend('levelled', 3 * MB, 0.4 * MB) };
    expect(judge({ ...late, suspects, turning: [false, true] }).kind).toBe('leak');
    expect(judge({ ...late, suspects: [makeSuspect(2 * MB, 3_000)], turning: [true] }).kind).toBe('growth');
    expect(judge({ ...late, suspects, trend: makeTrend('levelled', 3 * MB, 0.2 * MB) }).kind).toBe('growth');
  });

  it('calls a leak that of which each unit of work left one, however young the samples', () => {
    const suspects = [makeSuspect(4 * MB, 777)];
    expect(judge({ trend: makeTrend('rising'), suspects, turning: [true] }).kind).toBe('leak');
    expect(judge({ trend: makeTrend('rising'), suspects: [makeSuspect(4 * MB, 700)], turning: [true] }).kind).toBe(
      'growth',
    );
  });

  it.each([
    ['low', 'no floor', makeTrend('unknown')],
    ['medium', 'a floor that another one levelled', makeTrend('levelled', 8 * MB, 110_000)],
    ['medium', 'a floor that another one is emptied from', makeTrend('emptied', 400_000, 110_000)],
    ['medium', 'a floor that stood still at first', makeTrend('late', 400_000, 110_000)],
    ['low', 'a floor that hides it in its noise', { ...makeTrend('emptied', 400_000, -30_000), noiseBytes: 140_000 }],
  ] as const)('takes what each unit of work left for a leak: %s, %s', (confidence, _, floor) => {
    const verdict = judge({ suspects: [makeSuspect(400_000, 2 * 777)], trend: floor });
    expect(verdict).toMatchObject({ kind: 'leak', confidence });
    expect(verdict.summary).toContain(confidence === 'low' ? 'does not tell' : 'keeps growing');
  });

  it('does not, where the floor shows nothing of it late', () => {
    for (const size of [190_000, 4 * MB]) {
      const late = (lateRiseBytes: number) =>
        judge({ suspects: [makeSuspect(size, 777)], trend: makeTrend('levelled', 8 * MB, lateRiseBytes) });
      // The floor falls a little by itself.
      expect(late(size * 0.25 - 45_000).kind).toBe('leak');
      expect(late(size * 0.25 - 55_000)).toMatchObject({ kind: 'growth', confidence: 'medium' });
      expect(late(-32_000).kind).toBe('growth');
    }
  });

  it('names what gathers the growth, however little that is', () => {
    const little = (share: number, count = 450) =>
      judge({
        totalBytes: 400_000,
        suspects: [makeSuspect(180_000, count, share)],
        trend: makeTrend('rising', 380_000),
      });
    expect(little(0.45, 777).summary).toContain('src/store.js, in step with the work: too little to tell');
    expect(little(0.45)).toMatchObject({ kind: 'growth', confidence: 'low' });
    expect(little(0.45).summary).toMatch(/^450 Session more in `sessions` .*: too little to tell/);
    expect(little(0.2).summary).toContain('no object gathers');
  });

  it('asks more of a floor that levelled for a crowd of one in every few units', () => {
    const suspects = [makeSuspect(MB, 388)];
    const noise = { noiseBytes: 500_000 };
    const late = (lateRiseBytes: number) =>
      judge({ suspects, trend: { ...makeTrend('levelled', 8 * MB, lateRiseBytes), ...noise } }).kind;
    expect([late(300_000), late(200_000)]).toEqual(['leak', 'growth']);
  });

  it('does not take a rise for that of a suspect that would have brought more', () => {
    const rising = (lateRiseBytes: number) => judge({ trend: makeTrend('rising', 5 * MB, lateRiseBytes) });
    expect(rising(1.5 * MB).kind).toBe('leak');
    expect(rising(0.9 * MB)).toMatchObject({ kind: 'growth', confidence: 'low' });
    // What a floor has in noise alone is not asked for less by a small suspect.
    expect(judge({ suspects: [makeSuspect(226_000, 231)], trend: makeTrend('rising', 414_000, 62_000) }).kind).toBe(
      'growth',
    );
    // Of what never came to the old generation the floor says nothing.
    expect(judge({ suspects: [makeSuspect(40 * MB, 5_000)], trend: makeTrend('rising') }).kind).toBe('leak');
  });

  it('is not sure that something levelled off that the floor may hide', () => {
    const levelled = (size: number) =>
      judge({ suspects: [makeSuspect(size, 450)], trend: makeTrend('levelled', 400_000, 6_000) });
    expect(levelled(212_000)).toMatchObject({ kind: 'growth', confidence: 'medium' });
    expect(levelled(400_000)).toMatchObject({ kind: 'growth', confidence: 'high' });
  });

  it('says what it can of a table that grew in place', () => {
    const verdict = judge({ suspects: [makeSuspect(MB, 0)], trend: makeTrend('levelled') });
    expect(verdict).toMatchObject({ kind: 'growth', confidence: 'low', summary: expect.stringContaining('in jumps') });
  });

  it('says it in one sentence that names what, where, and no more of the way', () => {
    const { summary } = judge({ trend: makeTrend('rising') });
    expect(summary).toContain('5,000 Session pile up in `sessions` (Map), a variable in module scope of src/store.js');
    expect(summary).not.toContain('through a');
    expect(summary).not.toMatch(/held by/);
  });
});
