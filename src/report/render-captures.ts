/** Several captures of one program: one row each, and how a series of figures reads in a line. */
import type { StepTrend, StepTrendKind } from '../diff/series/series-types';
import type { HeapDiff } from '../diff/types';
import * as numbers from '../format-numbers';
import { displayFile } from './places';
import type { ReportOptions } from './report-options';
import { drawSparkline } from './sparkline';
import type { Style } from './style';
import { renderTable } from './table';

const KINDS: Readonly<Record<StepTrendKind, string>> = {
  rising: 'more in every step',
  levelled: 'stopped growing',
  emptied: 'emptied in between',
  uneven: 'more in some steps',
  steady: 'no more than before',
};
const MOST_BARS = 24;

/** One row per capture; nothing for a comparison of two. */
export function renderCaptures({ captures }: HeapDiff, options: ReportOptions, style: Style): string[] {
  if (!captures) return [];
  const rows = captures.map(({ file, nodes, totalBytes, units }, at) => {
    const previous = captures[at - 1];
    const work = units !== null && previous && previous.units !== null ? units - previous.units : null;
    return {
      cells: [
        String(at + 1),
        numbers.formatBytes(totalBytes),
        previous ? numbers.formatBytesDelta(totalBytes - previous.totalBytes) : '',
        numbers.formatCount(nodes),
        work === null ? '' : numbers.formatCountDelta(work),
        displayFile(file, options.cwd),
      ],
      paint: (text: string, column: number) => (column === 0 ? style.dim(text) : text),
    };
  });
  const columns = [
    { head: '#', kind: 'number' },
    { head: 'heap', kind: 'number' },
    { head: 'step', kind: 'number' },
    { head: 'nodes', kind: 'number', dropBelow: 80 },
    { head: 'work', kind: 'number' },
    { head: 'file', kind: 'path' },
  ] as const;
  return [style.bold('Captures'), '', ...renderTable(columns, rows, options.width, style)];
}

/** `▁▃▅█ 2,000 → 6,000 → 7,000 → 11,000: more in every step`. Of objects that grew in place their bytes. */
export function describeTrend({ kind, counts, bytes }: StepTrend, isInPlace: boolean): string {
  const values = isInPlace ? bytes : counts;
  const format = isInPlace ? numbers.formatBytes : numbers.formatCount;
  const shown = values.length > 6 ? [...values.slice(0, 2), null, ...values.slice(-3)] : values;
  const series = shown.map((value) => (value === null ? '…' : format(value))).join(' → ');
  return `${drawSparkline(values, MOST_BARS)} ${series}: ${KINDS[kind]}`;
}

/** What is still there, by the step it came in; empty where ids do not tell. */
export function describeSurvivors({ survivors }: StepTrend): string {
  if (survivors === null) return '';
  const parts = survivors
    .map((count, at) => ({ count, at }))
    .filter(({ count, at }) => at > 0 && count > 0)
    .slice(0, 6)
    .map(({ count, at }) => `${numbers.formatCount(count)} from step ${at}`);
  return parts.length === 0 ? '' : `of these are still there: ${parts.join(', ')}`;
}
