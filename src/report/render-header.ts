/** The top of the screen: which heaps, which window, how they were matched. */
import type { HeapDiff, HeapSide, WindowFacts } from '../diff/types';
import * as numbers from '../format-numbers';
import { displayFile } from './places';
import type { ReportOptions } from './report-options';
import type { Style } from './style';
import { renderTable } from './table';
import { cleanText, cutEnd } from './text-width';

const LABEL = 10;

/** Title line, the two heaps with their growth, and one labelled line for each fact that is known. */
export function renderHeader(diff: HeapDiff, options: ReportOptions, style: Style): string[] {
  return [
    renderTitle(diff, options.width, style),
    '',
    ...renderSides(diff, options, style),
    '',
    ...describeFacts(diff).map(([label, text]) => style.dim(label.padEnd(LABEL)) + cutEnd(text, options.width - LABEL)),
  ];
}

/** `heapdiff  shop · pid 4711 · worker 2 · Node v20.20.2`. */
export function renderTitle({ before, after, window }: HeapDiff, width: number, style: Style): string {
  const facts: string[] = [];
  if (window) {
    facts.push(cleanText(window.app), `pid ${window.pid}`);
    if (window.workerId !== null) facts.push(`worker ${window.workerId}`);
  }
  facts.push(describeVersions(before.nodeVersion, after.nodeVersion));
  const text = facts.filter((fact) => fact !== '').join(' · ');
  return style.bold('heapdiff') + (text === '' ? '' : `  ${cutEnd(text, width - 10)}`);
}

function describeVersions(before: string | null, after: string | null): string {
  if (before === after) return before === null ? '' : `Node ${before}`;
  return `Node ${before ?? '?'} → ${after ?? '?'}`;
}

function renderSides({ before, after, growth }: HeapDiff, options: ReportOptions, style: Style): string[] {
  // Sessions without snapshots have no nodes to count: the table leaves out empty columns.
  const isProfile = hasNoSnapshots({ before, after });
  const count = (value: number) => (isProfile ? '' : numbers.formatCount(value));
  const side = (label: string, { file, totalBytes, nodes, edges }: HeapSide) => ({
    cells: [label, ...[numbers.formatBytes(totalBytes), count(nodes), count(edges)], displayFile(file, options.cwd)],
    paint: (text: string, column: number) => (column === 0 ? style.dim(text) : text),
  });
  const nodes = after.nodes - before.nodes;
  const edges = after.edges - before.edges;
  const perUnit = growth.perUnit
    ? `${numbers.formatBytes(growth.perUnit.bytes)} per ${cleanText(growth.perUnit.unit)}`
    : '';
  const delta = {
    cells: [
      'growth',
      ...[
        numbers.formatBytesDelta(growth.totalBytes),
        isProfile ? '' : numbers.formatCountDelta(nodes),
        isProfile ? '' : numbers.formatCountDelta(edges),
      ],
      perUnit,
    ],
    paint: (text: string, column: number) => (column === 0 ? style.dim(text) : style.bold(text)),
  };
  const columns = [
    { head: '        ', kind: 'name' },
    ...(['heap', 'nodes', 'edges'] as const).map((head) => ({ head, kind: 'number' as const })),
    { head: 'file', kind: 'path' },
  ] as const;
  return renderTable(columns, [side('before', before), side('after', after), delta], options.width, style);
}

function describeFacts({ window, identity, before, after }: HeapDiff): [string, string][] {
  if (hasNoSnapshots({ before, after })) return window ? describeWindow(window) : [];
  const matched = identity.comparable
    ? 'by object id: added and removed objects are exact'
    : `by structure: ids are not comparable (${numbers.formatShare(identity.agreement)} agree)`;
  return [...(window ? describeWindow(window) : []), ['matched', matched]];
}

function describeWindow(window: WindowFacts): [string, string][] {
  const [before, after] = window.pauseMs;
  const pauses = `stopped for ${numbers.formatSeconds(before / 1000)} + ${numbers.formatSeconds(after / 1000)}`;
  const facts = [numbers.formatSeconds(window.seconds), `mode ${window.captureMode}`, window.runMode, pauses];
  const work = Object.entries(window.units).filter(([, count]) => count > 0);
  const lines: [string, string][] = [['window', facts.map(cleanText).join(' · ')]];
  if (work.length > 0) {
    lines.push(['work', work.map(([unit, count]) => numbers.formatUnits(count, cleanText(unit))).join(', ')]);
  }
  return lines;
}

/** A session of mode profile: allocation sites and counters only. */
export function hasNoSnapshots({ before, after }: Pick<HeapDiff, 'before' | 'after'>): boolean {
  return before.nodes === 0 && after.nodes === 0;
}
