/** The one sentence that matters, and the live heap's floor as its evidence. */
import type { HeapDiff, VerdictKind } from '../diff/types';
import { formatBytes } from './format-numbers';
import { displaySentence } from './places';
import type { ReportOptions } from './report-options';
import { drawSparkline } from './sparkline';
import type { Style } from './style';
import { wrapText } from './text-width';

const BADGE: Record<VerdictKind, { word: string; color: 'red' | 'yellow' | 'green' | 'magenta' }> = {
  leak: { word: 'LEAK', color: 'red' },
  growth: { word: 'GROWTH', color: 'yellow' },
  steady: { word: 'STEADY', color: 'green' },
  'off-heap': { word: 'OFF-HEAP', color: 'magenta' },
};
const INDENT = 10;
const MOST_BARS = 24;

export function renderVerdict(diff: HeapDiff, options: ReportOptions, style: Style): string[] {
  const { kind, confidence, summary } = diff.verdict;
  const { word, color } = BADGE[kind];
  const badge = style.badge(color, word);
  const badgeWidth = options.color ? word.length + 2 : word.length;
  const sentence = `${displaySentence(summary, options.cwd)} (confidence: ${confidence})`;
  const lines = wrapText(sentence, options.width - INDENT);
  const head = badge + ' '.repeat(Math.max(1, INDENT - badgeWidth)) + style.bold(lines[0]!);
  return [
    head,
    ...lines.slice(1).map((line) => ' '.repeat(INDENT) + style.bold(line)),
    ...renderFloor(diff, options.width, style),
  ];
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
