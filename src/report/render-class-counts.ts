/** Growth by class where there was no room for snapshots: numbers of objects, and nothing of their size. */
import type { HeapDiff } from '../diff/types';
import * as numbers from '../format-numbers';
import { displayClass } from './places';
import type { ReportOptions } from './report-options';
import { selectRows } from './select-rows';
import type { Style } from './style';
import { type Column, renderTable } from './table';

const COLUMNS: readonly Column[] = [
  { head: 'Δ count', kind: 'number' },
  { head: 'before', kind: 'number' },
  { head: 'after', kind: 'number' },
  { head: 'constructor', kind: 'name' },
];

/** Nothing when no classes were counted. */
export function renderClassCounts(diff: HeapDiff, options: ReportOptions, style: Style): string[] {
  if (diff.constructors.length === 0) return [];
  const { rows, further } = selectRows(diff.constructors, { ...options, sort: 'count' });
  const title = style.bold('Growth by constructor');
  if (rows.length === 0)
    return [title, '', options.filter ? 'No constructor matches the filter.' : 'No constructor grew.'];
  const cells = rows.map((row) => ({
    cells: [
      numbers.formatCountDelta(row.countDelta),
      numbers.formatCount(row.countBefore),
      numbers.formatCount(row.countAfter),
      displayClass(row),
    ],
    paint: (text: string) => text,
  }));
  const more = further.length > 0 ? [`${further.length} more (--top ${rows.length + further.length}).`] : [];
  const note = [...more, 'Counted, not written: by name only, without sizes and holders.'].join(' ');
  return [title, '', ...renderTable(COLUMNS, cells, options.width, style), '', style.dim(note)];
}
