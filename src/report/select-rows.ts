/** Which constructors a table shows, in which order, and what it leaves out. */
import type { ConstructorGrowth } from '../diff/types';
import { displayClass } from './places';
import type { ReportOptions, SortKey } from './report-options';

export interface Selection {
  readonly rows: readonly ConstructorGrowth[];
  /**
   * Classes that retain more although hardly any object of them is new: they hold what grew, and repeat growth that
   * other rows show. Only when sorting by retained size.
   */
  readonly holding: readonly ConstructorGrowth[];
  /** Rows that grew but are below the last one shown. */
  readonly further: readonly ConstructorGrowth[];
  /** V8's own bookkeeping that grew. */
  readonly internal: readonly ConstructorGrowth[];
}

export type SelectionOptions = Pick<ReportOptions, 'top' | 'sort' | 'filter' | 'all'>;

const DELTA: Record<SortKey, (row: ConstructorGrowth) => number> = {
  retained: (row) => row.retainedDelta,
  shallow: (row) => row.shallowDelta,
  count: (row) => row.countDelta,
};

/** Rows that grew by the sort key, largest first; with a filter all rows that match, grown or not. */
export function selectRows(constructors: readonly ConstructorGrowth[], options: SelectionOptions): Selection {
  const { filter, sort, all, top } = options;
  const delta = DELTA[sort];
  const candidates = constructors
    .filter((row) => (filter ? matchesFilter(row, filter) : delta(row) > 0))
    .sort((a, b) => delta(b) - delta(a) || b.shallowDelta - a.shallowDelta);
  const isFolded = !all && !filter;
  const internal = isFolded ? candidates.filter((row) => row.internal) : [];
  const visible = isFolded ? candidates.filter((row) => !row.internal) : candidates;
  const holding = isFolded && sort === 'retained' ? visible.filter(isHolding) : [];
  const ranked = visible.filter((row) => !holding.includes(row));
  return { rows: ranked.slice(0, top), holding, further: ranked.slice(top), internal };
}

/** Grew by what its objects hold: (almost) no object is new and little of the growth is the objects' own. */
function isHolding(row: ConstructorGrowth): boolean {
  return row.countDelta <= row.countAfter * 0.01 && row.shallowDelta < row.retainedDelta * 0.1;
}

function matchesFilter(row: ConstructorGrowth, filter: RegExp): boolean {
  const place = row.location ? `${row.location.file}:${row.location.line}:${row.location.column}` : '';
  return [row.name, row.function ?? '', displayClass(row), place].some((text) => filter.test(text));
}
