import { describe, expect, it } from 'vitest';
import type { Trend } from '../../../src/diff/trend';
import type { Evidence } from '../../../src/diff/verdict/evidence';
import { judgeGrowth } from '../../../src/diff/verdict/judge-growth';
import { INSIDE, makeEvidence, makeSuspect, makeTrend } from '../../support/sample-evidence';
import { makeRecord } from '../../support/sample-record';

const MB = 1_000_000;

const judge = (more: Partial<Evidence>) => judgeGrowth(makeEvidence(more));

describe('the verdict on growth outside of the heap', () => {
  it('says what holds memory outside the heap, Buffers or native memory', () => {
    const offHeapOf = (held: number) =>
      judge({ trend: makeTrend('levelled'), offHeap: { ...INSIDE, held }, outside: [3.9 * MB], totalBytes: 9 * MB })
        .summary;
    expect(offHeapOf(0)).toMatch(/^3\.9 MB more native memory, outside the JS heap, held by `sessions`/);
    expect(offHeapOf(4 * MB)).toMatch(/^4\.0 MB more memory behind Buffers and ArrayBuffers/);
  });

  it('says of memory that no snapshot shows whether V8 knows of it', () => {
    const unexplained = (external: number) =>
      judge({ suspects: [], totalBytes: 0, offHeap: { ...INSIDE, unexplained: 140 * MB, external } }).summary;
    expect(unexplained(0)).toContain('no JavaScript object accounts for');
    expect(unexplained(130 * MB)).toContain('external strings');
  });

  it('says of memory that no snapshot shows whether more worker threads run', () => {
    const summaryWith = (workers: number, moreWorkers: number) =>
      judge({ suspects: [], totalBytes: 0, offHeap: { ...INSIDE, unexplained: 140 * MB, workers, moreWorkers } })
        .summary;
    expect(summaryWith(25, 24)).toContain('24 more worker threads run, each with a heap of its own');
    expect(summaryWith(1, 0)).toContain('the heap of a worker thread');
    expect(summaryWith(0, 0)).not.toContain('worker');
  });

  it('does not say of what lies outside the heap that the live heap grows', () => {
    const { kind, summary } = judge({
      suspects: [makeSuspect(4 * MB, 5000)],
      outside: [3.9 * MB],
      trend: makeTrend('rising'),
    });
    expect(kind).toBe('leak');
    expect(summary).toMatch(/^5,000 Session pile up .*: they hold 3\.9 MB outside of the JS heap\.$/);
  });

  describe('where what is held outside was read after each collection', () => {
    const held = { totalBytes: 5 * MB, offHeap: { ...INSIDE, held: 4.8 * MB }, outside: [4.8 * MB] };
    const outsideOf = (growthCount: number, trendOutside: Trend) =>
      judge({
        ...held,
        suspects: [makeSuspect(4.9 * MB, growthCount)],
        trend: makeTrend('levelled', 60_000),
        trendOutside,
      });

    it('objects that pile up with it are a leak if it keeps growing', () => {
      const leak = outsideOf(650, makeTrend('rising', 4.7 * MB));
      expect(leak).toMatchObject({ kind: 'leak', confidence: 'high' });
      expect(leak.summary).toMatch(/they hold 4\.8 MB outside of the JS heap, which keeps growing with the work\.$/);
      for (const other of [
        makeTrend('levelled', 4.7 * MB),
        makeTrend('unknown'),
        makeTrend('rising', 4.7 * MB, 0.8 * MB),
      ]) {
        expect(outsideOf(650, other)).toMatchObject({ kind: 'off-heap', confidence: 'medium' });
      }
    });

    it('one store that keeps growing is no leak of objects', () => {
      const store = outsideOf(0, makeTrend('rising', 4.7 * MB));
      expect(store).toMatchObject({ kind: 'off-heap', confidence: 'high' });
      expect(store.summary).toMatch(/outside the JS heap, held by `sessions` .*: it keeps growing with the work\.$/);
    });

    it('says of objects that it levelled off; one store may only have doubled', () => {
      const levelled = makeTrend('levelled', 4.7 * MB);
      expect(outsideOf(650, levelled).summary).toMatch(/, but it levelled off: a cache or a pool that filled\.$/);
      expect(outsideOf(650, makeTrend('levelled', MB)).summary).not.toContain('levelled');
      expect(outsideOf(0, levelled).summary).not.toContain('levelled');
    });

    it('what others hold says nothing of the first suspect', () => {
      const others = { ...held, outside: [0.5 * MB], trendOutside: makeTrend('rising', 4.7 * MB) };
      expect(judge({ ...others, suspects: [makeSuspect(MB, 650)] }).kind).toBe('off-heap');
    });
  });

  it('judges by the floor only what is in it', () => {
    // 4.5 MB in step with the work, 3.9 of them behind Buffers, beside a cache that fills.
    const buffers = {
      totalBytes: 7 * MB,
      suspects: [makeSuspect(4.5 * MB, 777, 0.65)],
      offHeap: { ...INSIDE, held: 3.9 * MB },
    };
    const floor = makeTrend('levelled', 3 * MB, 350_000);
    expect(judge({ ...buffers, outside: [3.9 * MB], trend: floor }).kind).toBe('leak');
    expect(judge({ ...buffers, offHeap: INSIDE, outside: [0], trend: floor }).kind).toBe('growth');
    const slabs = { ...buffers, suspects: [makeSuspect(4.5 * MB, 89)], outside: [4.4 * MB] };
    expect(judge({ ...slabs, trend: floor })).toMatchObject({ kind: 'off-heap', confidence: 'medium' });
  });

  it('is sure of growth outside only where what holds it shows in the floor', () => {
    const held = {
      totalBytes: 40 * MB,
      suspects: [makeSuspect(40 * MB, 5_000)],
      offHeap: { ...INSIDE, held: 39 * MB },
    };
    const confidence = (outside: number) =>
      judge({ ...held, outside: [outside], trend: makeTrend('rising', 2 * MB) }).confidence;
    expect([confidence(39 * MB), confidence(39.95 * MB)]).toEqual(['high', 'medium']);
  });

  it('does not blame memory outside on a process whose first capture is not accounted for', () => {
    const offHeap = { ...INSIDE, unexplained: 90 * MB };
    expect(judge({ suspects: [], totalBytes: 60_000, offHeap, record: makeRecord({}, {}) }).kind).toBe('steady');
  });
});
