/** The memory ledger: where the growth of the process lies. */
import type { HeapDiff, MemoryGrowth, MemoryPartName } from '../diff/types';
import { formatBytes, formatBytesDelta, formatShare } from '../format-numbers';
import type { ReportOptions } from './report-options';
import type { Style } from './style';
import { renderTable } from './table';
import { cleanText, wrapText } from './text-width';

const NAMES: Readonly<Record<MemoryPartName, string>> = {
  jsHeapLive: 'live JS heap',
  code: 'compiled code',
  jsHeapFree: 'JS heap, free or garbage but committed',
  arrayBuffers: 'ArrayBuffers and Buffers',
  external: 'other external memory',
  native: "V8's own, beside its heap",
  unexplained: 'rest: allocators, addons, ICU, stacks, the binary',
};

const CAUSES: Readonly<Record<MemoryPartName, string>> = {
  jsHeapLive: 'live objects in the JS heap',
  code: 'code that was compiled meanwhile',
  jsHeapFree: 'room in the JS heap that V8 has not given back',
  arrayBuffers: 'memory of Buffers and ArrayBuffers',
  external: 'memory that JS objects hold outside the heap',
  native: "V8's own memory beside its heap",
  unexplained: 'native memory that no JavaScript object accounts for',
};

/** Nothing without a session's record. */
export function renderMemory({ memory }: HeapDiff, options: ReportOptions, style: Style): string[] {
  if (!memory) return [];
  const { rssDelta, rssBefore, rssAfter, parts, grew } = memory;
  const total = { name: 'resident set (RSS), of which', before: rssBefore, after: rssAfter, delta: rssDelta };
  const rows = [total, ...parts.map((part) => ({ ...part, name: NAMES[part.name] }))].map((part, at) => ({
    cells: [
      formatBytesDelta(part.delta),
      shareOf(part.delta, rssDelta, at === 0),
      formatBytes(part.before),
      formatBytes(part.after),
      part.name,
    ],
    paint: (text: string) => (at === 0 || parts[at - 1]!.name === grew ? style.bold(text) : text),
  }));
  const columns = [
    { head: 'Δ bytes', kind: 'number' },
    { head: 'share', kind: 'number' },
    { head: 'before', kind: 'number', dropBelow: 74 },
    { head: 'after', kind: 'number', dropBelow: 74 },
    { head: 'of the process', kind: 'name' },
  ] as const;
  const sentence = describeGrowth(memory);
  return [
    style.bold('Memory ledger'),
    '',
    ...renderTable(columns, rows, options.width, style),
    ...(sentence === '' ? [] : ['', ...wrapText(sentence, options.width)]),
  ];
}

function describeGrowth({ rssDelta, parts, grew }: MemoryGrowth): string {
  if (grew === null) return '';
  const { delta } = parts.find(({ name }) => name === grew)!;
  const share = delta >= rssDelta ? 'all' : formatShare(delta / rssDelta);
  return `RSS grew by ${formatBytes(rssDelta)}, ${share} of it ${CAUSES[grew]}.`;
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
