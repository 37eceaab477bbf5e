/** The memory ledger: where the growth of the process lies. */
import type { HeapDiff, MemoryGrowth } from '../diff/types';
import { formatBytesDelta, formatShare } from './format-numbers';
import type { ReportOptions } from './report-options';
import type { Style } from './style';
import { renderTable } from './table';
import { cleanText, wrapText } from './text-width';

const NAMES: readonly (readonly [keyof MemoryGrowth['explained'], string])[] = [
  ['jsHeapLive', 'JS heap, in use'],
  ['jsHeapFree', 'JS heap, free but committed'],
  ['arrayBuffers', 'ArrayBuffers'],
  ['external', 'other external'],
  ['native', 'native: code and allocator'],
];

/** Nothing without a session's record. */
export function renderMemory({ memory }: HeapDiff, options: ReportOptions, style: Style): string[] {
  if (!memory) return [];
  const parts = [
    ...NAMES.map(([key, name]) => [name, memory.explained[key]] as const),
    ['unexplained', memory.unexplained] as const,
  ];
  const rows = [['resident set (RSS), of which', memory.rssDelta] as const, ...parts].map(([name, bytes], at) => ({
    cells: [formatBytesDelta(bytes), shareOf(bytes, memory.rssDelta, at === 0), name],
    paint: (text: string) => (at === 0 ? style.bold(text) : bytes === 0 ? style.dim(text) : text),
  }));
  const columns = [
    { head: 'Δ bytes', kind: 'number' },
    { head: 'share', kind: 'number' },
    { head: 'of the process', kind: 'name' },
  ] as const;
  return [style.bold('Memory ledger'), '', ...renderTable(columns, rows, options.width, style)];
}

function shareOf(bytes: number, total: number, isTotal: boolean): string {
  return isTotal || total <= 0 || bytes <= 0 ? '' : formatShare(bytes / total);
}

export function renderNotes({ notes, window }: HeapDiff, options: ReportOptions, style: Style): string[] {
  const skipped = (window?.skipped ?? []).map(({ what, why }) => `${what} was left out: ${why}`);
  const lines = [...notes, ...skipped].flatMap((note) =>
    wrapText(cleanText(note), options.width - 2).map((line, at) => `${at === 0 ? '- ' : '  '}${line}`),
  );
  return lines.length === 0 ? [] : [style.bold('Notes'), '', ...lines];
}
