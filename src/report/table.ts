/**
 * Tables without borders that never wrap. A column is as wide as its widest cell; when the width does not suffice, first
 * columns marked `dropBelow` go, then the text columns share what the numbers leave, each cell cut by its own rule.
 */
import Table from 'cli-table3';
import type { Style } from './style';
import { cutEnd, cutPath, measureText } from './text-width';

export interface Column {
  readonly head: string;
  /** Numbers stand right and are never cut; names are cut at the end, paths at the start. */
  readonly kind: 'number' | 'name' | 'path';
  /** Leave the column out in a table narrower than this. */
  readonly dropBelow?: number;
  /** Gives way before the other text columns do. */
  readonly yields?: boolean;
}

export interface Row {
  /** Texts without colour codes, one per column. */
  readonly cells: readonly string[];
  /** Colours a cell after it was cut. */
  readonly paint?: (text: string, column: number) => string;
}

const GAP = '  ';
/** A text column is never squeezed below this; one that yields stops at the second, and then is like the others. */
const LEAST_TEXT = 8;
const LEAST_YIELDING = 20;

/** Lines of at most `width` columns, header first. No rows: no lines. */
export function renderTable(columns: readonly Column[], rows: readonly Row[], width: number, style: Style): string[] {
  if (rows.length === 0) return [];
  // A column of empty cells says nothing.
  const shown = columns
    .map((column, index) => ({ column, index }))
    .filter(({ column }) => width >= (column.dropBelow ?? 0))
    .filter(({ index }) => rows.some(({ cells }) => cells[index] !== ''));
  const widths = fitWidths(
    shown.map(({ column, index }) => ({
      kind: column.kind,
      yields: column.yields === true,
      natural: Math.max(measureText(column.head), ...rows.map(({ cells }) => measureText(cells[index]!))),
    })),
    width,
  );
  const table = new Table({
    chars: { ...NO_BORDER, middle: GAP },
    style: { 'padding-left': 0, 'padding-right': 0, head: [], border: [], compact: true },
    colWidths: widths,
    colAligns: shown.map(({ column }) => (column.kind === 'number' ? 'right' : 'left')),
  });
  table.push(shown.map(({ column }, at) => style.dim(cutEnd(column.head, widths[at]!))));
  for (const { cells, paint } of rows) {
    table.push(
      shown.map(({ column, index }, at) => {
        const text = cut(column.kind, cells[index]!, widths[at]!);
        return paint ? paint(text, index) : text;
      }),
    );
  }
  return table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd());
}

const NO_BORDER = {
  ...{ top: '', 'top-mid': '', 'top-left': '', 'top-right': '', bottom: '', 'bottom-mid': '', 'bottom-left': '' },
  ...{ 'bottom-right': '', left: '', 'left-mid': '', mid: '', 'mid-mid': '', right: '', 'right-mid': '' },
};

function cut(kind: Column['kind'], text: string, width: number): string {
  return kind === 'path' ? cutPath(text, width) : cutEnd(text, width);
}

interface Demand {
  readonly kind: Column['kind'];
  readonly yields: boolean;
  /** Columns its widest cell takes. */
  readonly natural: number;
}

/** Numbers keep their width; texts share the rest: each gets what it needs, the longest give way first. */
function fitWidths(columns: readonly Demand[], width: number): number[] {
  const widths = columns.map(({ natural }) => natural);
  const gaps = GAP.length * (columns.length - 1);
  let excess = widths.reduce((sum, value) => sum + value, gaps) - width;
  for (let at = 0; at < columns.length && excess > 0; at++) {
    if (!columns[at]!.yields) continue;
    const given = Math.min(excess, Math.max(0, widths[at]! - LEAST_YIELDING));
    widths[at]! -= given;
    excess -= given;
  }
  while (excess > 0) {
    let longest = -1;
    for (let at = 0; at < columns.length; at++) {
      if (columns[at]!.kind !== 'number' && (longest < 0 || widths[at]! > widths[longest]!)) longest = at;
    }
    if (longest < 0 || widths[longest]! <= LEAST_TEXT) break;
    widths[longest]!--;
    excess--;
  }
  return widths;
}
