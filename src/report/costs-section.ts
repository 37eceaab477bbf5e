/** What a worker costs in each run: one row per figure, one column per run. */
import type { MetricName, PerRun, RunDifference, RunsReport } from '../diff/runs/run-types';
import * as numbers from '../format-numbers';
import { headOf, starOf } from './runs-cells';
import type { Section } from './sections';
import type { Style } from './style';
import type { Column, Row } from './table';

/** Tables with more runs than this have no room for ranges. */
const MOST_RANGED = 3;

const METRIC_TITLES: readonly (readonly [MetricName, string])[] = [
  ['rss', 'RSS'],
  ['pss', 'PSS'],
  ['uss', 'USS'],
  ['liveHeap', 'live heap'],
  ['committedHeap', 'committed heap'],
  ['boot', 'ready after'],
];

/** One figure of all runs, and its differences from the first. */
interface Figures {
  readonly title: string;
  readonly ofRuns: PerRun;
  readonly differences: readonly (RunDifference | null)[];
  readonly format: (value: number) => string;
}

/** Of two runs the difference has a column of its own; of more a star stands at the run. */
export function describeCosts(report: RunsReport, style: Style): Section {
  const { runs, comparisons } = report;
  const isRanged = runs.length <= MOST_RANGED;
  const isPair = runs.length === 2;
  const rows = listFigures(report).map(({ title, ofRuns, differences, format }): Row => {
    const [first] = differences;
    const cells = ofRuns.map((figure, at) => {
      return describeFigure(figure, format, isRanged) + (isPair ? '' : starOf(differences[at - 1]));
    });
    return {
      cells: [title, ...cells, isPair && first ? describeChange(first.difference, format) + starOf(first) : ''],
      paint: (text, column) => {
        if (column === 0) return style.dim(text);
        return column > runs.length && first?.beyondNoise ? style.bold(text) : text;
      },
    };
  });
  const columns: Column[] = [
    { head: '', kind: 'name' },
    ...runs.map(({ label }): Column => ({ head: headOf(label), kind: 'number' })),
    { head: 'difference', kind: 'number' },
  ];
  const isMany = runs.some(({ workers }) => workers.length > 1);
  const medians = isRanged
    ? 'Medians over workers, in brackets the smallest and the largest.'
    : 'Medians over workers.';
  const isStarred = comparisons.some(({ different }) => different);
  return {
    title: 'What a worker costs',
    columns,
    rows,
    remarks: [...(isMany ? [medians] : []), ...(isStarred ? ['* beyond noise, here and below.'] : [])],
  };
}

/** A figure that nobody measured has no row. */
function listFigures({ runs, comparisons }: RunsReport): Figures[] {
  const metrics = METRIC_TITLES.map(
    ([name, title]): Figures => ({
      title,
      ofRuns: runs.map((run) => run.metrics[name]),
      differences: comparisons.map((comparison) => comparison.metrics[name]),
      format: name === 'boot' ? (ms) => numbers.formatSeconds(ms / 1000) : numbers.formatBytes,
    }),
  );
  const growth: Figures = {
    title: 'growth',
    ofRuns: runs.map((run) => run.growth),
    differences: comparisons.map((comparison) => comparison.growth),
    format: numbers.formatBytes,
  };
  return [...metrics.filter(({ ofRuns }) => ofRuns.some((figure) => figure !== null)), growth];
}

function describeFigure(figure: PerRun[number], format: Figures['format'], isRanged: boolean): string {
  if (!figure) return '–';
  const range = isRanged && figure.count > 1 ? ` (${describeRange(format(figure.min), format(figure.max))})` : '';
  return format(figure.median) + range;
}

/** `54.8–55.1 MB`, `990 B–1.2 kB`. */
function describeRange(min: string, max: string): string {
  const [number, unit] = min.split(' ');
  return max.endsWith(` ${unit}`) ? `${number}–${max}` : `${min}–${max}`;
}

/** `+1.2 MB`, `-40 ms`, `0 B`. */
function describeChange(value: number, format: Figures['format']): string {
  return value > 0 ? `+${format(value)}` : value < 0 ? `-${format(-value)}` : format(0);
}
