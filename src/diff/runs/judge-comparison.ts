/** One run held against the first: what a worker costs, how it grows, and a sentence that says whether they differ. */

import { nameCrowd } from '../suspect-text';
import type { Place } from '../types';
import { compareGrowth, compareRows, type RunColumn, type Thresholds } from './compare-growth';
import { FALSE_ALARM_RATE } from './compare-samples';
import {
  type ConstructorInRuns,
  METRICS,
  type MetricName,
  type RunComparison,
  type RunDifference,
  type RunFacts,
  type SiteInRuns,
  type WorkerFacts,
} from './run-types';
import { countWorkers, describeBytes, describeProbability, describeRate } from './wording';

/** Growth of the whole live heap over a window: code that warms up brings as much. */
const GROWTH: Thresholds = { least: 256 * 1024, leastDeviation: 32 * 1024 };
const MB = 1e6;
/** What matters of each figure; the system itself is no more precise than the second. Milliseconds for `boot`. */
const METRIC_THRESHOLDS: Readonly<Record<MetricName, Thresholds>> = {
  rss: { least: 4 * MB, leastDeviation: MB },
  pss: { least: 4 * MB, leastDeviation: MB },
  uss: { least: 4 * MB, leastDeviation: MB },
  liveHeap: { least: MB / 2, leastDeviation: MB / 10 },
  committedHeap: { least: 4 * MB, leastDeviation: MB },
  boot: { least: 50, leastDeviation: 10 },
};

/** Differences of the metrics, by run from the second on. */
export function compareMetrics(runs: readonly (readonly WorkerFacts[])[]) {
  const rows = METRICS.map((name) =>
    runs.map((workers) => workers.map(({ metrics }) => metrics[name]).filter((value) => value !== null)),
  );
  const thresholds = METRICS.map((name) => METRIC_THRESHOLDS[name]);
  const differences = compareRows(rows, thresholds, 'unlike');
  return runs.slice(1).map((_, at) => {
    const entries = METRICS.map((name, row) => [name, differences[row]![at]!] as const);
    return Object.fromEntries(entries) as Record<MetricName, RunDifference | null>;
  });
}

/** Differences in growth of the whole live heap, by run from the second on. Every run has a worker that can be measured. */
export function compareHeapGrowth(columns: readonly RunColumn[]): RunDifference[] {
  const values = columns.map(({ sessions }) => sessions.map(({ growth }) => growth.bytes));
  const errors = columns.flatMap(({ sessions }) => sessions.map(({ growth }) => growth.error));
  const leastDeviation = Math.max(GROWTH.leastDeviation, ...errors);
  return compareGrowth(columns, [values], () => ({ ...GROWTH, leastDeviation }))[0]!.map((difference) => difference!);
}

export interface ComparisonEvidence {
  readonly baseline: RunFacts;
  readonly run: RunFacts;
  /** Of the run among all from the second on. */
  readonly at: number;
  readonly unit: string | null;
  readonly growth: RunDifference;
  readonly metrics: Readonly<Record<MetricName, RunDifference | null>>;
  readonly constructors: readonly ConstructorInRuns[];
  readonly sites: readonly SiteInRuns[];
}

export function judgeComparison(evidence: ComparisonEvidence): RunComparison {
  const { baseline, run, growth, metrics } = evidence;
  const ofGrowth = describeGrowth(evidence);
  const sentences = [ofGrowth, describeCost(evidence, ofGrowth !== '')].filter((sentence) => sentence !== '');
  return {
    baseline: baseline.label,
    run: run.label,
    different: sentences.length > 0,
    summary:
      sentences.length > 0
        ? sentences.join(' ')
        : `No difference beyond noise between ${baseline.label} and ${run.label}.`,
    noise: describeNoise(evidence),
    growth,
    metrics,
  };
}

/** The constructor that differs most, the site that does, and the heap as a whole: whatever is beyond noise. */
function describeGrowth({ baseline, run, at, unit, growth, constructors, sites }: ComparisonEvidence): string {
  const isBeyond = ({ differences }: ConstructorInRuns | SiteInRuns) => differences[at]?.beyondNoise === true;
  const found = constructors.filter(isBeyond);
  const row = found.find(({ holding }) => !holding) ?? found[0];
  const site = sites.find(isBeyond);
  if (!row && !site && !growth.beyondNoise) return '';
  const medians = row
    ? [row.retained[0]!.median, row.retained[at + 1]!.median]
    : site
      ? [site.bytes[0]!.median, site.bytes[at + 1]!.median]
      : [baseline.growth.median, run.growth.median];
  const [of, than] = medians[1]! > medians[0]! ? [run, baseline] : [baseline, run];
  const [more, less] = [Math.max(...medians), Math.min(...medians)];
  const what = row
    ? `${nameCrowd(row)}${describePlace(row.location)}`
    : site
      ? `what ${site.function || 'an anonymous function'}${describePlace(site)} makes`
      : 'the live heap';
  const difference = (row ?? site)?.differences[at] ?? growth;
  const chance = difference.probability === null ? '' : ` (${describeProbability(difference.probability)})`;
  const rate = describeRate(unit);
  return (
    `${capitalize(what)} ${row && row.function !== null ? 'grow' : 'grows'} by ${describeBytes(more)} ${rate} with ${of.label}, ` +
    `${describeLess(less, more)} with ${than.label}${chance}${describeMore(found.filter(({ holding }) => !holding).length - 1)}.`
  );
}

/** A hundredth of the one is nothing in the other. */
const describeLess = (less: number, more: number) => (less < more / 100 ? 'and not' : `by ${describeBytes(less)}`);
const describePlace = (place: Place | null) =>
  place === null || place.file === '' ? '' : ` (${place.file}:${place.line})`;
const describeMore = (count: number) =>
  count > 0 ? `; ${count} more constructor${count === 1 ? ' differs' : 's differ'} beyond noise` : '';
const capitalize = (text: string) =>
  text.startsWith('the ') || text.startsWith('what ') ? text[0]!.toUpperCase() + text.slice(1) : text;

const COSTS: readonly [MetricName, string][] = [
  ['pss', 'PSS'],
  ['rss', 'RSS'],
  ['uss', 'USS'],
  ['liveHeap', 'live heap'],
  ['committedHeap', 'committed heap'],
];

const OF_HEAP: readonly MetricName[] = ['liveHeap', 'committedHeap'];

/**
 * What a worker costs, by the first figure that differs, and how long it needs to be ready. A heap that grew unlike is
 * larger at its end: that has been said.
 */
function describeCost({ baseline, run, metrics }: ComparisonEvidence, isGrowthSaid: boolean): string {
  const sentences: string[] = [];
  const cost = COSTS.find(([name]) => metrics[name]?.beyondNoise && !(isGrowthSaid && OF_HEAP.includes(name)));
  if (cost) {
    const [name, title] = cost;
    const { difference } = metrics[name]!;
    const size = describeBytes(Math.abs(difference));
    const word = difference > 0 ? 'more' : 'less';
    const [from, to] = [baseline.metrics[name]!.median, run.metrics[name]!.median].map(describeBytes);
    sentences.push(
      `A worker of ${run.label} takes ${size} ${word} ${title} than one of ${baseline.label} (${from} → ${to}).`,
    );
  }
  if (metrics.boot?.beyondNoise) {
    const { difference } = metrics.boot;
    const word = difference > 0 ? 'later' : 'earlier';
    sentences.push(`It is ready ${Math.round(Math.abs(difference))} ms ${word}.`);
  }
  return sentences.join(' ');
}

/** How many workers, and which difference in growth would still go unnoticed. */
function describeNoise({ baseline, run, unit, growth }: ComparisonEvidence): string {
  const [one, other] = [baseline.growth.count, run.growth.count];
  if (growth.noise === null) {
    return (
      `${one} + ${countWorkers(other)}: too few to measure noise. Only a difference counts that is large and ` +
      'most of the larger figure; three workers or more of each run make it sure.'
    );
  }
  const chance = `${Math.round((1 - FALSE_ALARM_RATE) * 100)} %`;
  return (
    `${one} + ${countWorkers(other)}: growth of the live heap varies so much from worker to worker that a difference ` +
    `below ${describeBytes(growth.noise)} ${describeRate(unit)} is noise (at ${chance}).`
  );
}
