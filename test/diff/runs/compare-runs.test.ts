/** Runs of records made by hand: sessions without snapshots and profiles, as a recycled worker may leave them. */
import { describe, expect, it } from 'vitest';
import { compareRuns } from '../../../src/diff/runs/compare-runs';
import type { RunInputs, RunSession } from '../../../src/diff/runs/run-types';
import type { SessionRecord } from '../../../src/session';
import { makeFloor, makeRecord } from '../../support/sample-record';

const MB = 1_000_000;

interface WorkerPlan {
  /** Bytes of live heap per 1,000 requests. */
  rate?: number;
  requests?: number;
  rss?: number;
  bootMs?: number;
  endedAt?: number;
  pid?: number;
  more?: Partial<SessionRecord>;
}

function worker(plan: WorkerPlan = {}): RunSession {
  const { rate = 0, requests = 10_000, rss = 80 * MB, bootMs, endedAt = 0, pid = 1, more } = plan;
  const grown = (rate * requests) / 1000;
  // Kilobytes, in a straight line.
  const floor = makeFloor(
    Array.from({ length: 9 }, (_, at) => (9 * MB + (grown * at) / 8) / 1000),
    requests / 8,
  );
  const units = requests === 0 ? {} : { request: requests };
  const record = makeRecord(
    { rss },
    { rss, units, wallClock: 1_700_000_000_000 + endedAt },
    { captureMode: 'profile', floor, pid, ...(bootMs === undefined ? {} : { bootMs }), ...more },
  );
  return { name: `/sessions/shop-${pid}-1`, record, before: null, after: null, profile: null };
}

const runOf = (label: string, ...plans: WorkerPlan[]): RunInputs => ({ label, sessions: plans.map(worker) });

describe('two runs', () => {
  it('with the same growth are the same, and say how much would be a difference', async () => {
    const report = await compareRuns([
      runOf('preload', { rate: 1000 }, { rate: 9000 }, { rate: 5000 }),
      runOf('non-preload', { rate: 4000 }, { rate: 2000 }, { rate: 7000 }),
    ]);
    const [comparison] = report.comparisons;
    expect(report.unit).toBe('request');
    expect(comparison).toMatchObject({ baseline: 'preload', run: 'non-preload', different: false });
    expect(comparison!.summary).toBe('No difference beyond noise between preload and non-preload.');
    expect(comparison!.noise).toMatch(
      /^3 \+ 3 workers: .* below \d+\.\d kB per 1,000 requests is noise \(at 99 %\)\.$/,
    );
  });

  it('of which one leaks differ in growth', async () => {
    const { comparisons, runs } = await compareRuns([
      runOf('preload', { rate: 400_000 }, { rate: 410_000 }, { rate: 405_000 }),
      runOf('non-preload', { rate: 4000 }, { rate: 2000 }, { rate: 7000 }),
    ]);
    expect(comparisons[0]).toMatchObject({ different: true, growth: { beyondNoise: true, difference: -401_000 } });
    expect(comparisons[0]!.summary).toBe(
      'The live heap grows by 405.0 kB per 1,000 requests with preload, and not with non-preload (p < 0.001).',
    );
    expect(runs.map(({ verdict }) => verdict.kind)).toEqual(['leak', 'steady']);
    expect(runs[0]!.verdict.summary).toMatch(/^In all 3 workers: The live heap keeps growing/);
  });

  it('differ in what a worker costs, and in how soon it is ready', async () => {
    const { comparisons, runs } = await compareRuns([
      runOf('cold', ...[203, 204, 206].map((mb, at) => ({ rss: mb * MB, bootMs: 900 + at }))),
      runOf('warm', ...[41, 42, 40].map((mb, at) => ({ rss: mb * MB, bootMs: 300 + at }))),
    ]);
    expect(runs[0]!.metrics.rss).toEqual({ median: 204 * MB, min: 203 * MB, max: 206 * MB, count: 3 });
    expect(runs[0]!.metrics.pss).toBeNull();
    expect(comparisons[0]!.metrics.rss).toMatchObject({ difference: -163 * MB, beyondNoise: true });
    expect(comparisons[0]!.summary).toBe(
      'A worker of warm takes 163.0 MB less RSS than one of cold (204.0 MB → 41.0 MB). It is ready 600 ms earlier.',
    );
  });

  it('of one worker each say that noise is unknown, and count only what is plain', async () => {
    const plain = await compareRuns([runOf('a', { rate: 300_000 }), runOf('b', { rate: 1000 })]);
    expect(plain.comparisons[0]).toMatchObject({ different: true, growth: { noise: null, probability: null } });
    expect(plain.comparisons[0]!.noise).toMatch(/^1 \+ 1 worker: too few to measure noise\./);
    const small = await compareRuns([runOf('a', { rate: 30_000 }), runOf('b', { rate: 1000 })]);
    expect(small.comparisons[0]!.different).toBe(false);
  });

  it('with unlike work differ only where it shows per window too: a warm-up has one size', async () => {
    const warmUp = 2 * MB;
    const workers = (requests: number) =>
      [1, 1.01, 1.02].map((factor) => ({ requests, rate: (warmUp * factor * 1000) / requests }));
    const report = await compareRuns([runOf('long', ...workers(50_000)), runOf('short', ...workers(5000))]);
    expect(report.comparisons[0]!.growth).toMatchObject({ beyondNoise: false });
    expect(report.comparisons[0]!.growth.difference).toBeGreaterThan(300_000);
    expect(report.notes.join()).toContain('unlike amounts of work');
  });

  it('are told per window when one of them counted no work', async () => {
    const report = await compareRuns([runOf('a', { rate: 1000 }), runOf('b', { requests: 0 })]);
    expect(report.unit).toBeNull();
    expect(report.runs[0]!.growth.median).toBe(10_000);
    expect(report.notes.join()).toContain('Growth is per window');
  });

  it('leave idle workers out of growth', async () => {
    const report = await compareRuns([runOf('a', { rate: 1000 }, { requests: 0, pid: 7 }), runOf('b', { rate: 1000 })]);
    expect(report.runs[0]!.growth.count).toBe(1);
    expect(report.notes.join()).toContain('having counted no request: /sessions/shop-7-1');
  });

  it('on different versions of Node are compared with a note', async () => {
    const other = worker({ more: { nodeVersion: 'v24.0.0' } });
    const report = await compareRuns([runOf('a', {}), { label: 'b', sessions: [other] }]);
    expect(report.notes.join()).toContain('v20.20.2, v24.0.0');
  });
});

it('each of several runs is compared with the first', async () => {
  const report = await compareRuns([
    runOf('none', { rate: 1000 }, { rate: 2000 }, { rate: 1500 }),
    runOf('require', { rate: 1100 }, { rate: 1900 }, { rate: 1600 }),
    runOf('blob', { rate: 300_000 }, { rate: 310_000 }, { rate: 305_000 }),
  ]);
  expect(report.comparisons.map(({ baseline, run, different }) => [baseline, run, different])).toEqual([
    ['none', 'require', false],
    ['none', 'blob', true],
  ]);
});

describe('the workers of one run', () => {
  const trendOf = async (...plans: WorkerPlan[]) => (await compareRuns([runOf('only', ...plans)])).runs[0]!.trend;

  it('are in order of time', async () => {
    const report = await compareRuns([
      runOf('only', { pid: 3, endedAt: 3000 }, { pid: 1, endedAt: 1000 }, { pid: 2, endedAt: 2000 }),
    ]);
    expect(report.runs[0]!.workers.map(({ pid }) => pid)).toEqual([1, 2, 3]);
    expect(report.comparisons).toEqual([]);
  });

  it('grew along one line', async () => {
    const trend = await trendOf(
      { rate: 300_000 },
      { rate: 330_000, requests: 4000 },
      { rate: 310_000, requests: 20_000 },
    );
    expect(trend).toMatchObject({ kind: 'same' });
    expect(trend!.summary).toBe(
      'The same line in all 3 workers: 310.0 kB per 1,000 requests each (300.0 kB to 330.0 kB).',
    );
  });

  it('may have one odd life among many', async () => {
    const usual = [300_000, 310_000, 320_000, 305_000, 315_000].map((rate) => ({ rate }));
    expect(await trendOf(...usual, { rate: 2_000_000 })).toMatchObject({ kind: 'same' });
    expect(await trendOf(...usual.slice(3), { rate: 2_000_000 })).toMatchObject({ kind: 'differing' });
  });

  it('did not grow', async () => {
    expect(await trendOf({ rate: 1000 }, { rate: 2000 })).toMatchObject({ kind: 'steady' });
    expect(await trendOf({ rate: 1000 })).toBeNull();
  });

  it('that disagree lower the confidence of the verdict, and are counted', async () => {
    const report = await compareRuns([runOf('only', { rate: 400_000 }, { rate: 410_000 }, { rate: 1000 })]);
    expect(report.runs[0]!.verdict.kind).toBe('leak');
    expect(report.runs[0]!.verdict.summary).toMatch(/^In 2 of 3 workers \(1 steady\): /);
    expect(report.runs[0]!.verdict.confidence).toBe('low');
  });
});
