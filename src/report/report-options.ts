/** How a report is rendered. */
export type SortKey = 'retained' | 'shallow' | 'count';

export const SORT_KEYS: readonly SortKey[] = ['retained', 'shallow', 'count'];

export interface ReportOptions {
  /** Terminal columns; no line is longer. */
  readonly width: number;
  readonly color: boolean;
  /** Rows per table. */
  readonly top: number;
  readonly sort: SortKey;
  /** Only rows whose name, function or place matches. */
  readonly filter: RegExp | null;
  /** Also V8's own bookkeeping, and rows that are folded otherwise. */
  readonly all: boolean;
  /** Files below this folder are shown relative to it. Empty: none are. */
  readonly cwd: string;
}

export const DEFAULT_REPORT_OPTIONS: ReportOptions = {
  width: 100,
  color: false,
  top: 10,
  sort: 'retained',
  filter: null,
  all: false,
  cwd: '',
};

/** The narrowest screen that tables are made for. */
export const LEAST_WIDTH = 60;
