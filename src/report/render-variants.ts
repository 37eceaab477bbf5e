/** Variants side by side, as text and as Markdown: one row each, and a sentence for what the row cannot say. */
import type { Ends, VariantFacts, VariantKind, VariantsReport } from '../diff/variants/variant-types';
import * as numbers from '../format-numbers';
import { escapeText } from './markdown';
import { displaySentence } from './places';
import { renderNotes } from './render-runs';
import { DEFAULT_REPORT_OPTIONS, type ReportOptions } from './report-options';
import { renderMarkdownSection, renderSection, type Section } from './sections';
import { createStyle, type Style } from './style';
import type { Column, Row } from './table';
import { cleanText, wrapText } from './text-width';

interface Wording {
  readonly word: string;
  /** Where there is room. */
  readonly phrase: string;
  readonly color: 'red' | 'yellow' | 'green' | 'magenta';
}

const WORDS: Readonly<Record<VariantKind, Wording>> = {
  leak: { word: 'leak', phrase: 'leak', color: 'red' },
  'off-heap': { word: 'off-heap', phrase: 'growth outside the JS heap', color: 'magenta' },
  retention: { word: 'retention', phrase: 'allocator retention', color: 'yellow' },
  'warm-up': { word: 'warm-up', phrase: 'warm-up', color: 'yellow' },
  steady: { word: 'steady', phrase: 'steady', color: 'green' },
  unclear: { word: 'unclear', phrase: 'cannot be told', color: 'magenta' },
};
const INDENT = '  ';
const VERDICT_COLUMN = 6;

/** Lines of at most `width` columns, ending in a newline; no colour unless asked for. */
export function renderVariants(report: VariantsReport, options: Partial<ReportOptions> = {}): string {
  const chosen = { ...DEFAULT_REPORT_OPTIONS, ...options };
  const style = createStyle(chosen.color);
  const sentences = report.variants.map((variant) => [
    `${style.bold(cleanText(variant.label))}  ${paintPhrase(variant, style)}`,
    ...wrapText(describeVerdict(variant, chosen.cwd), chosen.width - INDENT.length).map((line) => INDENT + line),
  ]);
  const blocks = [
    renderSection(describeVariants(report, style), chosen.width, style),
    ...sentences,
    renderNotes(report.notes, chosen, style),
  ];
  return `${blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

/** `width` and `color` do not matter here. */
export function renderVariantsMarkdown(report: VariantsReport, options: Partial<ReportOptions> = {}): string {
  const { cwd } = { ...DEFAULT_REPORT_OPTIONS, ...options };
  const sentences = report.variants.map((variant) => {
    const { kind } = variant.verdict;
    const sentence = escapeText(describeVerdict(variant, cwd), true);
    return `- **${escapeText(cleanText(variant.label))}**: ${WORDS[kind].phrase}. ${sentence}`;
  });
  const blocks = [
    renderMarkdownSection(describeVariants(report, createStyle(false))),
    sentences.join('\n'),
    report.notes.map((note) => `- ${escapeText(cleanText(note))}`).join('\n'),
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

function describeVerdict({ verdict }: VariantFacts, cwd: string): string {
  return `${displaySentence(verdict.summary, cwd)} (confidence: ${verdict.confidence})`;
}

function describeVariants({ variants }: VariantsReport, style: Style): Section {
  const columns: Column[] = [
    { head: 'variant', kind: 'name' },
    { head: 'work', kind: 'number' },
    { head: 'RSS', kind: 'number' },
    { head: 'live heap', kind: 'number' },
    { head: 'external', kind: 'number', dropBelow: 96 },
    { head: 'per 1,000', kind: 'number' },
    { head: 'verdict', kind: 'name' },
  ];
  const rows = variants.map(
    (variant): Row => ({
      cells: [
        cleanText(variant.label),
        variant.work === null ? '' : numbers.formatUnits(variant.work.count, cleanText(variant.work.unit)),
        describeEnds(variant.rss),
        describeEnds(variant.liveHeap),
        describeEnds(variant.external),
        variant.growthPer1000 === null ? '' : numbers.formatBytesDelta(variant.growthPer1000),
        WORDS[variant.verdict.kind].word,
      ],
      paint: (text, column) => (column === VERDICT_COLUMN ? style[WORDS[variant.verdict.kind].color](text) : text),
    }),
  );
  const hasRss = variants.some(({ rss }) => rss !== null);
  const remarks = [
    'At the start → after the work. Per 1,000: growth of the live heap per 1,000 units of work.',
    ...(hasRss ? ['RSS without what a capture itself left with the process.'] : []),
  ];
  return { title: 'Variants', columns, rows, remarks };
}

/** `61.2 → 78.4 MB`, `980.0 kB → 1.2 MB`. */
function describeEnds(ends: Ends | null): string {
  if (!ends) return '';
  const [before, after] = [numbers.formatBytes(ends.before), numbers.formatBytes(ends.after)];
  const [number, unit] = before.split(' ');
  return after.endsWith(` ${unit}`) ? `${number} → ${after}` : `${before} → ${after}`;
}

function paintPhrase({ verdict }: VariantFacts, style: Style): string {
  const { phrase, color } = WORDS[verdict.kind];
  return style[color](phrase);
}
