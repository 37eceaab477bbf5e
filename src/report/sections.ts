/** A part of a report as data: a title, a table and remarks, ready to be drawn as text or as Markdown. */
import { code, escapeText, renderMarkdownTable } from './markdown';
import type { Style } from './style';
import { type Column, type Row, renderTable } from './table';
import { wrapText } from './text-width';

export interface Section {
  readonly title: string;
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
  /** Said below the table, or instead of it when there are no rows. */
  readonly remarks: readonly string[];
}

export function renderSection({ title, columns, rows, remarks }: Section, width: number, style: Style): string[] {
  const table = renderTable(columns, rows, width, style);
  const below = remarks.flatMap((remark) => wrapText(remark, width)).map(style.dim);
  return [style.bold(title), '', ...table, ...(table.length > 0 && below.length > 0 ? [''] : []), ...below];
}

/** Names and paths are set as code, but for the first column, which is prose. */
export function renderMarkdownSection({ title, columns, rows, remarks }: Section): string {
  const shown = columns
    .map((column, at) => ({ column, at }))
    .filter(({ at }) => rows.some(({ cells }) => cells[at] !== ''));
  const head = shown.map(({ column }) => (column.kind === 'number' ? '>' : '') + escapeText(column.head));
  const body = rows.map(({ cells }) =>
    shown.map(({ column, at }) => {
      const text = cells[at]!;
      return column.kind === 'number' || at === 0 ? escapeText(text) : code(text);
    }),
  );
  const table = rows.length > 0 ? [renderMarkdownTable(head, body)] : [];
  return [`### ${title}`, ...table, ...remarks.map((remark) => escapeText(remark))].join('\n\n');
}
