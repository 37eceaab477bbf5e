/** What the heap holds at the end, where nothing says what of it grew. */
import type { HeapDiff, HeldAtEnd } from '../diff/types';
import * as numbers from '../format-numbers';
import { escapeText } from './markdown';
import { wrapPath } from './path-text';
import { displayClass, displaySentence } from './places';
import type { ReportOptions } from './report-options';
import type { Style } from './style';
import { wrapText } from './text-width';

const TITLE = 'Held at the end';
const INDENT = '   ';
const LABEL = 8;

/** Lines of text; none without holders. */
export function renderHolders({ holders = [] }: HeapDiff, options: ReportOptions, style: Style): string[] {
  if (holders.length === 0) return [];
  const blocks = holders.slice(0, options.top).map((held) => renderHolder(held, options, style));
  return [style.bold(TITLE), ...blocks.flatMap((block) => ['', ...block])];
}

function renderHolder(held: HeldAtEnd, { cwd, width: columns }: ReportOptions, style: Style): string[] {
  const width = columns - INDENT.length;
  const line = (label: string, text: string) => INDENT + style.dim(label.padEnd(LABEL)) + text;
  const [first, ...more] = wrapText(describeHeld(held, cwd), width);
  return [
    INDENT + style.bold(first!),
    ...more.map((text) => INDENT + style.bold(text)),
    line('retains', describeSize(held)),
    ...wrapPath(held.holder.path, width - LABEL, cwd).map((text, at) => line(at === 0 ? 'path' : '', text)),
  ];
}

/** A Markdown section; empty without holders. */
export function renderHoldersMarkdown({ holders = [] }: HeapDiff, { cwd, top }: ReportOptions): string {
  if (holders.length === 0) return '';
  const items = holders
    .slice(0, top)
    .map((held) => `- ${escapeText(describeHeld(held, cwd), true)} (${describeSize(held)})`);
  return `### ${TITLE}\n\n${items.join('\n')}`;
}

function describeHeld(held: HeldAtEnd, cwd: string): string {
  const count = held.count > 0 ? `${numbers.formatCount(held.count)} ` : '';
  return `${count}${displayClass(held.constructor)} held by ${displaySentence(held.holder.text, cwd)}`;
}

function describeSize({ bytes, share }: HeldAtEnd): string {
  return `${numbers.formatBytes(bytes)}, ${numbers.formatShare(share)} of the heap`;
}
