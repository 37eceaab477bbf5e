import { describe, expect, it } from 'vitest';
import { compareVariants } from '../../../src/diff/variants/compare-variants';
import type { SessionRecord } from '../../../src/session';
import { type EndPlan, makeFloor, makeRecord } from '../../support/sample-record';

const MB = 1_000_000;
const FLAT = makeFloor([9000, 9010, 9005, 9012, 9008, 9011, 9009, 9010]);

/** A session of mode profile without its profile: the record alone. */
async function judge(before: EndPlan, after: EndPlan, more: Partial<SessionRecord> = {}) {
  const record = makeRecord(before, after, { captureMode: 'profile', floor: FLAT, ...more });
  const session = { name: 'shop-1-1', record, before: null, after: null, profile: null };
  const { variants } = await compareVariants([{ label: 'variant', session }]);
  return variants[0]!;
}

const kindOf = async (...plan: Parameters<typeof judge>) => (await judge(...plan)).verdict.kind;

describe('a variant', () => {
  it('whose live heap keeps rising leaks, whatever else grew', async () => {
    const floor = makeFloor([9000, 10000, 11000, 12000, 13000, 14000, 15000, 16000]);
    const variant = await judge({ rss: 80 * MB }, { rss: 150 * MB, units: { request: 2000 } }, { floor });
    expect(variant).toMatchObject({ verdict: { kind: 'leak' }, growthPer1000: 3.5 * MB });
    expect(variant).toMatchObject({
      work: { unit: 'request', count: 2000 },
      rss: { before: 80 * MB, after: 150 * MB },
    });
  });

  it('that levelled off warmed up', async () => {
    const floor = makeFloor([9000, 11000, 12500, 12900, 13000, 13010, 13005, 13012]);
    expect(await kindOf({}, { rss: 82 * MB }, { floor })).toBe('warm-up');
  });

  it('that did not grow is steady', async () => {
    expect(await kindOf({}, { rss: 83 * MB })).toBe('steady');
  });

  it('whose RSS grew by room in the heap retains it', async () => {
    const { verdict } = await judge(
      { rss: 80 * MB, heapUsed: 12 * MB, heapTotal: 20 * MB },
      { rss: 130 * MB, heapUsed: 14 * MB, heapTotal: 68 * MB },
    );
    expect(verdict).toMatchObject({ kind: 'retention', confidence: 'high' });
    expect(verdict.summary).toContain('RSS grew by 50.0 MB, 46.0 MB of it room in the JS heap');
  });

  it('whose heap is full of garbage that no collection has come for retains it too', async () => {
    const after = { rss: 130 * MB, heapUsed: 60 * MB, heapTotal: 68 * MB };
    expect(await kindOf({ rss: 80 * MB, heapUsed: 12 * MB, heapTotal: 20 * MB }, after)).toBe('retention');
  });

  it('whose RSS nothing accounts for cannot be told, and what to try is said', async () => {
    const { verdict } = await judge({ rss: 80 * MB }, { rss: 180 * MB });
    expect(verdict).toMatchObject({ kind: 'unclear', confidence: 'low' });
    expect(verdict.summary).toContain('MALLOC_ARENA_MAX=2');
  });

  it('whose RSS V8 itself had allocated outside its heap, and freed, retains it', async () => {
    const record = makeRecord({ rss: 80 * MB }, { rss: 120 * MB });
    const withPeak = (end: SessionRecord['before'], peak: number) => {
      return { ...end, memory: { ...end.memory, heap: { ...end.memory.heap, peak_malloced_memory: peak } } };
    };
    const ends = { before: withPeak(record.before, 2 * MB), after: withPeak(record.after, 38 * MB) };
    const { verdict } = await judge({}, {}, ends);
    expect(verdict).toMatchObject({ kind: 'retention', confidence: 'medium' });
  });

  it('whose Buffers grew is off-heap', async () => {
    const after = { rss: 130 * MB, external: 52 * MB, arrayBuffers: 51 * MB };
    expect(await kindOf({ rss: 80 * MB }, after)).toBe('off-heap');
  });
});
