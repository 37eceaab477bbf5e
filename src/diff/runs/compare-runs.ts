/** Runs to one report: the pipeline. At most two heaps are open at a time; of each only tables of classes are kept. */
import type { OpenHeapOptions } from '../../heap/open-heap';
import { type Summary, summarize } from '../statistics';
import { selectColumn } from './compare-growth';
import { tabulateConstructors } from './constructor-rows';
import { compareHeapGrowth, compareMetrics, judgeComparison } from './judge-comparison';
import { findWorkerTrend, judgeRun } from './judge-run';
import { chooseUnit, endOf, gatherShapes, labelProgress, measureSession, type SessionMeasure } from './measure-session';
import { METRICS, type MetricName, type RunFacts, type RunInputs, type RunsReport } from './run-types';
import { tabulateSites } from './site-rows';
import { beginsWithCapture, describeWorker } from './worker-facts';

/** Compares each run with the first. Throws HeapdiffError for input that cannot be read. */
export async function compareRuns(inputs: readonly RunInputs[], options: OpenHeapOptions = {}): Promise<RunsReport> {
  // 1. Sessions to figures, one after the other.
  const measured = await measureRuns(inputs, options);
  const unit = chooseUnit(measured);
  // 2. Figures side by side.
  const { constructors, startingHeap } = tabulateConstructors(measured, unit);
  const allocationSites = tabulateSites(measured, unit);
  // 3. What each run shows by itself.
  const runs = inputs.map(({ label }, at) => describeRun(label, measured[at]!, unit));
  // 4. Each against the first.
  const growth = compareHeapGrowth(measured.map((sessions) => selectColumn(sessions, unit)));
  const metrics = compareMetrics(runs.map(({ workers }) => workers));
  const comparisons = runs.slice(1).map((run, at) =>
    judgeComparison({
      ...{ baseline: runs[0]!, run, at, unit, constructors, sites: allocationSites },
      ...{ growth: growth[at]!, metrics: metrics[at]! },
    }),
  );
  return {
    schema: 'heapdiff/runs@1',
    ...{ unit, runs, comparisons, constructors, allocationSites, startingHeap },
    notes: noteDoubts(inputs, runs, unit),
  };
}

async function measureRuns(inputs: readonly RunInputs[], options: OpenHeapOptions): Promise<SessionMeasure[][]> {
  const shapes = await gatherShapes(inputs, options);
  const runs: SessionMeasure[][] = [];
  for (const { label, sessions } of inputs) {
    const measures: SessionMeasure[] = [];
    const inOrder = [...sessions].sort((a, b) => endOf(a.record) - endOf(b.record));
    for (const [at, session] of inOrder.entries()) {
      const which = `${label} ${at + 1} of ${inOrder.length}`;
      measures.push(await measureSession(session, shapes, labelProgress(options, which)));
    }
    runs.push(measures);
  }
  return runs;
}

function describeRun(label: string, sessions: readonly SessionMeasure[], unit: string | null): RunFacts {
  const workers = sessions.map((measure) => describeWorker(measure, unit));
  const rates = workers.map(({ growthPer1000, growthBytes }) => (unit === null ? growthBytes : growthPer1000));
  const metricOf = (name: MetricName) =>
    summarize(workers.map(({ metrics }) => metrics[name]).filter((value) => value !== null));
  return {
    label,
    runModes: [...new Set(workers.flatMap(({ runMode }) => (runMode === null ? [] : [runMode])))],
    workers,
    metrics: Object.fromEntries(METRICS.map((name) => [name, metricOf(name)])) as Record<MetricName, Summary | null>,
    growth: summarize(rates.filter((rate) => rate !== null))!,
    verdict: judgeRun(workers),
    trend: findWorkerTrend(workers, unit),
  };
}

/** Windows of one run with so many times the work of another's cannot be held against each other without a word. */
const UNEVEN_WORK = 2;

function noteDoubts(inputs: readonly RunInputs[], runs: readonly RunFacts[], unit: string | null): string[] {
  const notes: string[] = [];
  const records = inputs.map(({ sessions }) => sessions.flatMap(({ record }) => (record ? [record] : [])));
  const workers = runs.flatMap((run) => run.workers);
  const idle = unit === null ? [] : workers.filter(({ units }) => units === null);
  if (idle.length > 0) {
    notes.push(`Left out of growth, having counted no ${unit}: ${idle.map(({ name }) => name).join(', ')}.`);
  }
  if (unit === null && records.flat().length > 0) {
    notes.push(
      'Growth is per window: not every run counted units of work. Only windows of the same work can be compared.',
    );
  }
  const work = runs.map(
    (run) => summarize(run.workers.flatMap(({ units }) => (units === null ? [] : [units])))?.median ?? 0,
  );
  if (unit !== null && Math.max(...work) > Math.min(...work) * UNEVEN_WORK) {
    notes.push(
      'The runs did unlike amounts of work: a difference in growth counts only where it shows per window as well.',
    );
  }
  const modes = new Set(inputs.flatMap(({ sessions }) => sessions.map(beginsWithCapture)));
  if (modes.size > 1) {
    notes.push(
      'Some windows began with a snapshot, others did not: RSS, PSS and USS are of their start in the first, of their end ' +
        'in the second, and do not compare well.',
    );
  }
  const versions = new Set(workers.flatMap(({ nodeVersion }) => (nodeVersion === null ? [] : [nodeVersion])));
  if (versions.size > 1) notes.push(`The workers ran on different versions of Node: ${[...versions].join(', ')}.`);
  return notes;
}
