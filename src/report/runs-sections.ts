/** The tables of a comparison of runs, as data for text and Markdown. */
import type { ConstructorInRuns, PerRun, RunsReport, SiteInRuns } from '../diff/runs/run-types';
import * as numbers from '../format-numbers';
import { describeCosts } from './costs-section';
import { displayClass, displayFunction, displayPlace } from './places';
import type { ReportOptions } from './report-options';
import { countWorkers, describeRate, headOf, starOf } from './runs-cells';
import type { Section } from './sections';
import type { Style } from './style';
import type { Column, Row } from './table';
import { cleanText } from './text-width';
import { describeWorkers } from './workers-section';

type Runs = RunsReport['runs'];

/** `preload (3 workers), non-preload (3 workers) · growth per 1,000 requests`. */
export function describeTitle({ runs, unit }: RunsReport): string {
  const labels = runs.map(({ label, workers }) => `${cleanText(label)} (${countWorkers(workers.length)})`).join(', ');
  return `${labels} · growth ${describeRate(unit)}`;
}

export function describeRuns(report: RunsReport, options: ReportOptions, style: Style): Section[] {
  const isSingle = report.runs.length === 1;
  const sections = [
    describeCosts(report, style),
    ...(isSingle || options.all ? report.runs.map((run) => describeWorkers(run, report.unit, style)) : []),
    describeConstructors(report, options, style),
    describeSites(report, options, style),
    ...(isSingle ? [] : [describeStart(report, options, style)]),
  ];
  return sections.filter(({ rows, remarks }) => rows.length + remarks.length > 0);
}

function describeConstructors(report: RunsReport, options: ReportOptions, style: Style): Section {
  const title = 'Growth by constructor';
  const { constructors, runs, unit } = report;
  if (constructors.length === 0) return { title, columns: [], rows: [], remarks: [] };
  const grown = selectConstructors(constructors, options).filter((row) => options.filter || grew(row.retained));
  const remarks = [
    ...describeRest(grown.length, options),
    `Retained bytes ${describeRate(unit)}, by dominance: rows may say the same growth twice.`,
  ];
  const rows = grown.slice(0, options.top).map((row) => toConstructorRow(row, row.retained, options, style));
  return {
    title,
    columns: headsFor(runs, ['constructor', 'defined at']),
    rows,
    remarks: rows.length > 0 ? remarks : ['No constructor grew.'],
  };
}

/** Only what differs: what is the same in both heaps tells nothing about how they were started. */
function describeStart(report: RunsReport, options: ReportOptions, style: Style): Section {
  const title = 'What the heap held when the window opened';
  const { startingHeap, runs } = report;
  if (startingHeap.length === 0) return { title, columns: [], rows: [], remarks: [] };
  const moved = selectConstructors(startingHeap, options).filter((row) => options.filter || isBeyond(row));
  if (moved.length === 0) return { title, columns: [], rows: [], remarks: ['No constructor differs beyond noise.'] };
  return {
    title,
    columns: headsFor(runs, ['constructor', 'defined at']),
    rows: moved.slice(0, options.top).map((row) => toConstructorRow(row, row.retained, options, style)),
    remarks: [...describeRest(moved.length, options), 'Retained bytes; only what differs beyond noise.'],
  };
}

function describeSites({ allocationSites, runs, unit }: RunsReport, options: ReportOptions, style: Style): Section {
  const { filter, cwd, top } = options;
  const grown = allocationSites
    .filter(({ bytes }) => grew(bytes))
    .filter((site) => !filter || filter.test(`${site.function} ${displayPlace(site, '')}`));
  const isSampled = grown.some(({ source }) => source === 'sampled');
  const rows = grown.slice(0, top).map((site) => {
    const names = [displayFunction(site.function), displayPlace(site, cwd)];
    return toRow(site, site.bytes, names, style);
  });
  const what = isSampled ? 'Estimated from samples: allocated' : 'Allocated';
  return {
    title: 'Growth by allocation site',
    columns: headsFor(runs, ['function', 'starts at']),
    rows,
    remarks:
      rows.length > 0
        ? [
            ...describeRest(grown.length, options),
            `${what} in the window and still alive at its end, ${describeRate(unit)}.`,
          ]
        : [],
  };
}

function headsFor(runs: Runs, [name, place]: readonly [string, string]): Column[] {
  const ofRuns = runs.map(({ label }): Column => ({ head: headOf(label), kind: 'number' }));
  const difference: Column[] = runs.length === 2 ? [{ head: 'difference', kind: 'number' }] : [];
  return [...ofRuns, ...difference, { head: name, kind: 'name' }, { head: place, kind: 'path' }];
}

function toConstructorRow(row: ConstructorInRuns, figures: PerRun, { cwd }: ReportOptions, style: Style): Row {
  return toRow(row, figures, [displayClass(row), displayPlace(row.location, cwd)], style);
}

/** A figure per run, the difference where there is one, then names. With more runs a star stands at the run itself. */
function toRow(
  row: Pick<SiteInRuns, 'differences'>,
  figures: PerRun,
  names: readonly [string, string] | string[],
  style: Style,
): Row {
  const { differences } = row;
  const [only] = differences;
  const isPair = figures.length === 2;
  const beyond = differences.some((found) => found?.beyondNoise);
  const cells = figures.map((figure, at) => {
    if (!figure) return '–';
    return numbers.formatBytesDelta(figure.median) + (isPair ? '' : starOf(differences[at - 1]));
  });
  const difference = isPair ? [only ? numbers.formatBytesDelta(only.difference) + starOf(only) : '–'] : [];
  const nameColumn = cells.length + difference.length;
  return {
    cells: [...cells, ...difference, ...names],
    paint: (text, column) => {
      if (column > nameColumn) return style.dim(text);
      return beyond && column >= nameColumn - difference.length ? style.bold(text) : text;
    },
  };
}

function selectConstructors(rows: readonly ConstructorInRuns[], { filter, all }: ReportOptions): ConstructorInRuns[] {
  if (filter) {
    return rows.filter((row) => [displayClass(row), displayPlace(row.location, '')].some((text) => filter.test(text)));
  }
  return all ? [...rows] : rows.filter(({ internal, holding }) => !internal && !holding);
}

const grew = (figures: PerRun) => figures.some((figure) => figure && Math.round(figure.median) > 0);
const isBeyond = ({ differences }: ConstructorInRuns) => differences.some((found) => found?.beyondNoise);
const describeRest = (count: number, { top }: ReportOptions) =>
  count > top ? [`${numbers.formatCount(count - top)} more below (--top ${count}).`] : [];
