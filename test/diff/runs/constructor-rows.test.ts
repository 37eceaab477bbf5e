import { describe, expect, it } from 'vitest';
import { tabulateConstructors } from '../../../src/diff/runs/constructor-rows';
import type { ClassInSession, ClassSizes, SessionMeasure } from '../../../src/diff/runs/measure-session';
import type { HeapDiff } from '../../../src/diff/types';

const KB = 1000;
const MB = 1000 * KB;

interface ClassPlan {
  readonly file?: string;
  readonly internal?: boolean;
  readonly before?: Partial<ClassSizes>;
  /** What it has more at the end. */
  readonly growth?: Partial<ClassSizes>;
}

/** A worker with 10,000 requests and classes by name. */
function worker(classes: Readonly<Record<string, ClassPlan>>): SessionMeasure {
  const entries = Object.entries(classes).map(([name, plan]): [string, ClassInSession] => {
    const { file = 'src/store.js', internal = false, before = {}, growth = {} } = plan;
    const start = { count: 0, shallow: 0, retained: 0, ...before };
    const end = {
      count: start.count + (growth.count ?? 0),
      shallow: start.shallow + (growth.shallow ?? 0),
      retained: start.retained + (growth.retained ?? 0),
    };
    const location = internal ? null : { file, line: 1, column: 1 };
    return [`${name} ${internal ? '' : file}`, { name, function: null, location, internal, before: start, after: end }];
  });
  return {
    session: { name: 'shop-1-1', record: null, before: 'a', after: 'b', profile: null },
    // Of its report only the units of work are read.
    diff: { window: { units: { request: 10_000 } } } as unknown as HeapDiff,
    growth: { bytes: 0, error: 0 },
    classes: new Map(entries),
  };
}

const leak = (bytes: number) => ({ growth: { count: 5000, shallow: bytes / 2, retained: bytes } });
const three = (plan: (at: number) => Record<string, ClassPlan>) => [0, 1, 2].map((at) => worker(plan(at)));

describe('growth by constructor', () => {
  it('is per 1,000 units, what differs first, then what grows in both', () => {
    const { constructors } = tabulateConstructors(
      [
        three((at) => ({ Session: leak(3 * MB + at * KB), Quote: leak(5 * MB + at * KB) })),
        three((at) => ({ Session: { growth: {} }, Quote: leak(5 * MB - at * KB) })),
      ],
      'request',
    );
    expect(constructors.map(({ name }) => name)).toEqual(['Session', 'Quote']);
    const [session, quote] = constructors;
    expect(session!.retained.map((figure) => figure!.median)).toEqual([300.1 * KB, 0]);
    expect(session!.count[0]).toEqual({ median: 500, min: 500, max: 500, count: 3 });
    expect(session!.differences).toMatchObject([{ difference: -300.1 * KB, beyondNoise: true }]);
    expect(quote!.differences).toMatchObject([{ beyondNoise: false }]);
  });

  it('tells what holds the growth from what grew', () => {
    const holder = { growth: { count: 0, shallow: 64, retained: 3 * MB } };
    const { constructors } = tabulateConstructors([[worker({ Session: leak(3 * MB), Store: holder })]], 'request');
    expect(constructors.map(({ name, holding }) => [name, holding])).toEqual(
      expect.arrayContaining([
        ['Session', false],
        ['Store', true],
      ]),
    );
  });

  it('matches a class that another build defines elsewhere', () => {
    const moved = { ...leak(3 * MB), file: 'bundle.js' };
    const { constructors } = tabulateConstructors(
      [three(() => ({ Session: leak(3 * MB) })), three(() => ({ Session: moved }))],
      'request',
    );
    expect(constructors).toHaveLength(1);
    expect(constructors[0]!.location!.file).toBe('src/store.js');
  });

  it('does not judge what belongs to V8', () => {
    const code = (bytes: number) => ({ '(compiled code)': { ...leak(bytes), internal: true } });
    const { constructors } = tabulateConstructors([three(() => code(9 * MB)), three(() => code(1))], 'request');
    expect(constructors[0]!.differences).toMatchObject([{ beyondNoise: false }]);
  });
});

it('the starting heap shows what was moved there, whatever the work', () => {
  const held = (bytes: number) => ({ Catalogue: { before: { count: 900, shallow: bytes / 2, retained: bytes } } });
  const { startingHeap, constructors } = tabulateConstructors(
    [three((at) => held(100 * KB + at)), three((at) => held(8 * MB + at * KB))],
    'request',
  );
  expect(startingHeap[0]!.retained.map((figure) => figure!.median)).toEqual([100 * KB + 1, 8 * MB + KB]);
  expect(startingHeap[0]!.differences[0]).toMatchObject({ beyondNoise: true });
  expect(constructors).toEqual([]);
});

it('a run without snapshots has no figures, and no difference', () => {
  const light = { ...worker({}), classes: null };
  const { constructors } = tabulateConstructors([[worker({ Session: leak(3 * MB) })], [light]], 'request');
  expect(constructors[0]).toMatchObject({ retained: [{ count: 1 }, null], differences: [null] });
});
