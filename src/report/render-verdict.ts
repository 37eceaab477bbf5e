/** The one sentence that matters, and the live heap's floor as its evidence. */
import type { HeapDiff, VerdictKind } from '../diff/types';
import { formatBytes } from '../format-numbers';
import { displaySentence } from './places';
import type { ReportOptions } from './report-options';
import { drawSparkline } from './sparkline';
import type { Style } from './style';
import { wrapText } from './text-width';

interface Badge {
  readonly word: string;
  readonly color: 'red' | 'yellow' | 'green' | 'magenta';
}

export const BADGE: Readonly<Record<VerdictKind, Badge>> = {
  leak: { word: 'LEAK', color: 'red' },
  growth: { word: 'GROWTH', color: 'yellow' },
  steady: { word: 'STEADY', color: 'green' },
  'off-heap': { word: 'OFF-HEAP', color: 'magenta' },
};
/** Columns of the margin that badges stand in. */
export const INDENT = 10;
const MOST_BARS = 24;

export function renderVerdict(diff: HeapDiff, options: ReportOptions, style: Style): string[] {
  const { kind, confidence, summary } = diff.verdict;
  const sentence = `${displaySentence(summary, options.cwd)} (confidence: ${confidence})`;
  const lines = wrapText(sentence, options.width - INDENT);
  return [...renderBadged(BADGE[kind], lines, options, style), ...renderFloor(diff, options.width, style)];
}

/** A badge in the margin, and bold lines beside it. */
export function renderBadged(badge: Badge, lines: readonly string[], { color }: ReportOptions, style: Style): string[] {
  const width = color ? badge.word.length + 2 : badge.word.length;
  const head = style.badge(badge.color, badge.word) + ' '.repeat(Math.max(1, INDENT - width)) + style.bold(lines[0]!);
  return [head, ...lines.slice(1).map((line) => ' '.repeat(INDENT) + style.bold(line))];
}

/** Needs at least three collections to be worth a look. */
function renderFloor({ window }: HeapDiff, width: number, style: Style): string[] {
  const floor = window?.floor ?? [];
  if (floor.length < 3) return [];
  const range = `${formatBytes(floor[0]!)} → ${formatBytes(floor[floor.length - 1]!)}`;
  const bars = drawSparkline(floor, MOST_BARS);
  const left = width - INDENT - bars.length - range.length - 4;
  const whats = [`live heap after each of ${floor.length} major collections`, `live heap, ${floor.length} major GCs`];
  const what = whats.find((text) => text.length <= left) ?? '';
  return [`${' '.repeat(INDENT)}${style.cyan(bars)}  ${range}  ${style.dim(what)}`.trimEnd()];
}
