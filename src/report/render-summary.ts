/** One heap as a screen of text: its totals, its classes, and the nodes that were asked for. */
import * as numbers from '../format-numbers';
import { displayClass, displayFile, displayPlace } from './places';
import { DEFAULT_REPORT_OPTIONS, type ReportOptions } from './report-options';
import { createStyle, type Style } from './style';
import type { HeapSummary, SiteClassSummary } from './summary-types';
import { type Column, renderTable } from './table';
import { cleanText, cutPath } from './text-width';

const CLASS_COLUMNS: readonly Column[] = [
  { head: 'retained', kind: 'number' },
  { head: 'shallow', kind: 'number' },
  { head: 'count', kind: 'number' },
  { head: 'distance', kind: 'number', dropBelow: 90 },
  { head: 'constructor', kind: 'name' },
  { head: 'defined at', kind: 'path' },
];
const NODE_COLUMNS: readonly Column[] = [
  { head: 'id', kind: 'number' },
  { head: 'retained', kind: 'number' },
  { head: 'shallow', kind: 'number' },
  { head: 'distance', kind: 'number' },
  { head: 'type', kind: 'name' },
  { head: 'name', kind: 'name' },
];
const SORT = {
  retained: (row: SiteClassSummary) => row.retainedSize,
  shallow: (row: SiteClassSummary) => row.shallowSize,
  count: (row: SiteClassSummary) => row.count,
};

export function renderSummary(summary: HeapSummary, options: Partial<ReportOptions> = {}): string {
  const chosen = { ...DEFAULT_REPORT_OPTIONS, ...options };
  const style = createStyle(chosen.color);
  const sections = [renderTotals(summary, chosen, style), renderClasses(summary, chosen, style)];
  if (summary.inspected.length > 0) sections.push(renderInspected(summary, chosen, style));
  return `${sections.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function renderTotals(summary: HeapSummary, { width, cwd }: ReportOptions, style: Style): string[] {
  const version = summary.nodeVersion ? ` · Node ${summary.nodeVersion}` : '';
  const totals = [
    numbers.formatBytes(summary.totalBytes),
    `${numbers.formatCount(summary.nodes)} nodes`,
    `${numbers.formatCount(summary.edges)} edges`,
  ];
  const file = cutPath(displayFile(summary.file, cwd), width - 10 - version.length);
  return [`${style.bold('heapdiff')}  ${file}${version}`, '', totals.join(' · ')];
}

function renderClasses(summary: HeapSummary, options: ReportOptions, style: Style): string[] {
  const { filter, all, sort, top, cwd, width } = options;
  const matches = ({ location, ...row }: SiteClassSummary) =>
    filter === null ||
    filter.test(displayClass(row)) ||
    filter.test(row.name) ||
    filter.test(displayPlace(location, ''));
  const size = SORT[sort];
  const visible = summary.classes.filter((row) => (all || filter !== null || !row.internal) && matches(row));
  const sorted = [...visible].sort((a, b) => size(b) - size(a));
  if (sorted.length === 0) return ['No constructor matches the filter.'];
  const rows = sorted.slice(0, top).map((row) => ({
    cells: [
      numbers.formatBytes(row.retainedSize),
      numbers.formatBytes(row.shallowSize),
      numbers.formatCount(row.count),
      formatDistance(row.distance),
      displayClass(row),
      displayPlace(row.location, cwd),
    ],
    paint: (text: string, column: number) => (column === 5 || column === 3 ? style.dim(text) : text),
  }));
  const more = sorted.length - rows.length;
  const note = more > 0 ? ['', style.dim(`${numbers.formatCount(more)} more (--top ${sorted.length}, --json).`)] : [];
  return [style.bold('Constructors'), '', ...renderTable(CLASS_COLUMNS, rows, width, style), ...note];
}

function renderInspected({ inspected }: HeapSummary, { width }: ReportOptions, style: Style): string[] {
  const rows = inspected.map((node) => ({
    cells: [
      `@${node.id}`,
      numbers.formatBytes(node.retainedSize),
      numbers.formatBytes(node.shallowSize),
      formatDistance(node.distance),
      node.type,
      cleanText(node.name),
    ],
  }));
  return [style.bold('Nodes'), '', ...renderTable(NODE_COLUMNS, rows, width, style)];
}

/** DevTools gives what only V8 can reach a distance of 100,000,000 and more, and what nothing reaches a negative one. */
function formatDistance(distance: number): string {
  return distance >= 0 && distance < 100_000_000 ? String(distance) : '-';
}
