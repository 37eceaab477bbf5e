import { isMainThread } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HeapInspector } from '../../../src/agent/heap-inspector';
import { measureArrays } from '../../../src/agent/preflight/array-contents';
import { parseCensus, takeCensus } from '../../../src/agent/preflight/census';

describe('takeCensus', () => {
  let inspector: HeapInspector;
  beforeEach(() => {
    inspector = new HeapInspector();
  });
  afterEach(() => inspector.close());

  it('counts objects by kind; nothing goes on afterwards', async () => {
    expect(isMainThread).toBe(true);
    const count = async () => (await takeCensus(inspector))!.kinds.get('JS_DATE_TYPE')?.count ?? 0;
    const before = await count();
    const kept = Array.from({ length: 5000 }, (_, at) => new Date(at));
    expect((await count()) - before).toBe(kept.length);
    expect(inspector.isSampling()).toBe(false);
  });

  it('counts contexts once, which V8 counts twice', async () => {
    const count = async () => (await takeCensus(inspector))!.kinds.get('FUNCTION_CONTEXT_TYPE')!.count;
    const before = await count();
    const kept = Array.from({ length: 3000 }, (_, id) =>
      (
        (own) => () =>
          own
      )(id),
    );
    expect((await count()) - before).toBeGreaterThan(2900);
    expect((await count()) - before).toBeLessThan(3100);
    expect(kept).toHaveLength(3000);
  });

  it('leaves another profiler sampling', async () => {
    const other = new HeapInspector();
    other.startSampling(65_536);
    expect(await takeCensus(inspector)).not.toBeNull();
    expect(inspector.isSampling()).toBe(true);
    other.close();
  });

  it('is null where the session traces already', async () => {
    inspector.post('NodeTracing.start', { traceConfig: { includedCategories: ['v8'] } });
    expect(await takeCensus(inspector)).toBeNull();
  });
});

it('parseCensus leaves out kinds without objects and the mark of the end', () => {
  const empty = { overall: 0, count: 0, over_allocated: 0, histogram: [] };
  const text = JSON.stringify({
    field_data: { tagged_fields: 80, inobject_smi_fields: 16 },
    type_data: { A_TYPE: { overall: 64, count: 2, over_allocated: 8, histogram: [2] }, B_TYPE: empty, END: {} },
  });
  expect(parseCensus(text, 5)).toEqual({
    kinds: new Map([['A_TYPE', { count: 2, bytes: 64, spare: 8, sizes: [2] }]]),
    ...{ taggedWords: 10, integerWords: 2, pauseMs: 5 },
  });
});

describe('measureArrays', () => {
  const long = 10_000;
  it('tells references from numbers, and finds the longest that has any', () => {
    const objects = Array.from({ length: long }, (_, id) => ({ id }));
    const integers = Array.from({ length: 3 * long }, (_, id) => id);
    const half = Array.from({ length: 2 * long }, (_, id) => (id % 2 === 0 ? 'text' : id));
    const short = [{}];
    const { elements, references, longest } = measureArrays([objects, integers, half, short, { length: 1e9 }]);
    expect(elements).toBe(6 * long + 1);
    expect(references).toBe(2 * long + 1);
    expect(longest).toBe(2 * long);
  });

  it('does not take doubles for references, nor holes, nor run a getter', () => {
    const holes: unknown[] = new Array(long);
    Object.defineProperty(holes, 0, {
      get: () => {
        throw new Error('run');
      },
    });
    const doubles = Array.from({ length: long }, (_, id) => id + 0.5);
    expect(measureArrays([holes, doubles])).toEqual({ elements: 2 * long, references: 0, longest: 0 });
  });
});
