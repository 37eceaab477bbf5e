/** The two tables: growth by constructor, growth by allocation site. */
import type { ConstructorGrowth, HeapDiff, SiteGrowth } from '../diff/types';
import * as numbers from '../format-numbers';
import { displayClass, displayFile, displayFunction, displayPlace } from './places';
import { renderClassCounts } from './render-class-counts';
import { hasNoSnapshots } from './render-header';
import type { ReportOptions } from './report-options';
import { type Selection, selectRows } from './select-rows';
import type { Style } from './style';
import { type Column, type Row, renderTable } from './table';
import { cleanText, wrapText } from './text-width';

const CONSTRUCTOR_COLUMNS: readonly Column[] = [
  { head: 'Δ retained', kind: 'number' },
  { head: 'Δ shallow', kind: 'number' },
  { head: 'Δ count', kind: 'number' },
  { head: 'count', kind: 'number', dropBelow: 74 },
  { head: 'per step', kind: 'number', dropBelow: 96 },
  { head: 'new', kind: 'number', dropBelow: 110 },
  { head: 'gone', kind: 'number', dropBelow: 110 },
  { head: 'constructor', kind: 'name' },
  { head: 'defined at', kind: 'path' },
];
/** Rows with at least this share of the growth are set off. */
const LARGE = 0.1;
const MOST_HOLDING = 5;
const MOST_STEPS = 4;

export function renderConstructors(diff: HeapDiff, options: ReportOptions, style: Style): string[] {
  if (hasNoSnapshots(diff)) return renderClassCounts(diff, options, style);
  const selection = selectRows(diff.constructors, options);
  const title = style.bold('Growth by constructor');
  if (selection.rows.length === 0) {
    return [title, '', options.filter ? 'No constructor matches the filter.' : 'No constructor grew.'];
  }
  const growth = Math.max(1, diff.growth.totalBytes);
  const rows = selection.rows.map((row) =>
    toConstructorRow(row, diff.growth.totalBytes > 0 && row.retainedDelta >= growth * LARGE, options, style),
  );
  const table = renderTable(CONSTRUCTOR_COLUMNS, rows, options.width, style);
  return [title, '', ...table, '', ...describeRest(selection, growth, options.width).map(style.dim)];
}

function toConstructorRow(row: ConstructorGrowth, isLarge: boolean, options: ReportOptions, style: Style): Row {
  return {
    cells: [
      numbers.formatBytesDelta(row.retainedDelta),
      numbers.formatBytesDelta(row.shallowDelta),
      numbers.formatCountDelta(row.countDelta),
      numbers.formatCount(row.countAfter),
      row.trend ? describeCounts(row.trend.counts) : '',
      row.addedCount === null ? '' : numbers.formatCount(row.addedCount),
      row.removedCount === null ? '' : numbers.formatCount(row.removedCount),
      displayClass(row),
      displayPlace(row.location, options.cwd),
    ],
    paint: (text, column) => {
      if (column === 8 || column === 4) return style.dim(text);
      if (column === 7 || column === 0) return isLarge ? style.bold(text) : text;
      return text === '0' ? style.dim(text) : text;
    },
  };
}

/** Growth of each step of a series: `+3,990 +1,000 +4,001`; of the last ones where there are many. */
function describeCounts(counts: readonly number[]): string {
  const steps = counts.slice(1).map((count, at) => numbers.formatCountDelta(count - counts[at]!));
  return (steps.length > MOST_STEPS ? ['…', ...steps.slice(-MOST_STEPS)] : steps).join(' ');
}

/** What the table does not show, and how to read it. */
function describeRest({ rows, holding, further, internal }: Selection, growth: number, width: number): string[] {
  const left: string[] = [];
  if (further.length > 0) left.push(`${sumRows(further)} (--top ${rows.length + further.length})`);
  if (internal.length > 0) left.push(`V8's own bookkeeping, ${sumRows(internal)} (--all)`);
  const large = holding.filter((row) => row.retainedDelta >= growth * 0.01);
  const held = large
    .slice(0, MOST_HOLDING)
    .map((row) => `${displayClass(row)} ${numbers.formatBytesDelta(row.retainedDelta)}`);
  const rest = large.length > held.length ? ` and ${large.length - held.length} more` : '';
  return [
    ...(held.length > 0 ? [`Holding it, but hardly any of them new: ${held.join(', ')}${rest} (--all).`] : []),
    ...(left.length > 0 ? [`Not listed: ${left.join('; ')}.`] : []),
    'Δ retained goes by dominance, so rows may say the same growth twice: a Session and the strings it holds.',
  ].flatMap((note) => wrapText(note, width));
}

function sumRows(rows: readonly ConstructorGrowth[]): string {
  const shallow = rows.reduce((sum, row) => sum + row.shallowDelta, 0);
  const noun = rows.length === 1 ? 'constructor' : 'constructors';
  return `${numbers.formatCount(rows.length)} ${noun} ${numbers.formatBytesDelta(shallow)} shallow`;
}

const SITE_COLUMNS: readonly Column[] = [
  { head: 'bytes', kind: 'number' },
  { head: 'share', kind: 'number' },
  { head: 'function', kind: 'name' },
  { head: 'starts at', kind: 'path' },
  { head: 'called by', kind: 'name', dropBelow: 96, yields: true },
];

export function renderSites(diff: HeapDiff, options: ReportOptions, style: Style): string[] {
  const { filter, cwd } = options;
  const grown = diff.allocationSites.filter((site) => site.bytesDelta > 0);
  const sites = filter ? grown.filter((site) => filter.test(`${site.function} ${displayPlace(site, '')}`)) : grown;
  if (sites.length === 0) return [];
  const total = grown.reduce((sum, site) => sum + site.bytesDelta, 0);
  const rows = sites.slice(0, options.top).map((site) => toSiteRow(site, site.bytesDelta / total, cwd, style));
  const isSampled = sites.some(({ source }) => source === 'sampled');
  const more = sites.length - rows.length;
  const notes = [
    ...(more > 0 ? [`${more} more below (--top ${sites.length}).`] : []),
    isSampled
      ? '~ is estimated from samples. Allocated in the window and still alive at its end.'
      : 'Exact, by traced stacks. Allocated in the window and still alive at its end.',
  ];
  return [
    style.bold('Growth by allocation site'),
    '',
    ...renderTable(SITE_COLUMNS, rows, options.width, style),
    '',
    ...notes.flatMap((note) => wrapText(note, options.width)).map(style.dim),
  ];
}

function toSiteRow(site: SiteGrowth, share: number, cwd: string, style: Style): Row {
  return {
    cells: [
      (site.source === 'sampled' ? '~' : '') + numbers.formatBytes(site.bytesDelta),
      numbers.formatShare(share),
      displayFunction(site.function),
      displayPlace(site, cwd),
      describeCallers(site, cwd),
    ],
    paint: (text, column) => {
      if (column === 4) return style.dim(text);
      return share >= LARGE && column !== 1 ? style.bold(text) : text;
    },
  };
}

/** The functions that called the site, nearest first; those without a name by their place. */
function describeCallers(site: SiteGrowth, cwd: string): string {
  if (site.file === '') return '';
  const own = `${site.function || '(anonymous)'} ${site.file}:${site.line}:${site.column}`;
  const callers = site.stack.slice(site.stack.indexOf(own) + 1).map((frame) => nameFrame(frame, cwd));
  return callers
    .filter((name) => name !== '')
    .slice(0, 3)
    .join(' ← ');
}

/** A frame is `function file:line:column`; native ones have no place, and tell a reader nothing. */
function nameFrame(frame: string, cwd: string): string {
  const parts = /^(.*?) ((?:\/|[a-z]+:|[A-Z]:\\).*:\d+:\d+)$/.exec(frame);
  if (!parts) return '';
  return cleanText(parts[1] === '(anonymous)' ? displayFile(parts[2]!, cwd) : parts[1]!);
}
