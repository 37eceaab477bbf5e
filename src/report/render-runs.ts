/** A comparison of runs as a screen of text. */
import type { RunsReport } from '../diff/runs/run-types';
import { displaySentence } from './places';
import { BADGE, INDENT, renderBadged } from './render-verdict';
import { DEFAULT_REPORT_OPTIONS, type ReportOptions } from './report-options';
import { describeRuns, describeTitle } from './runs-sections';
import { renderSection } from './sections';
import { createStyle, type Style } from './style';
import { cleanText, cutEnd, wrapText } from './text-width';

/** Lines of at most `width` columns, ending in a newline; no colour unless asked for. */
export function renderRuns(report: RunsReport, options: Partial<ReportOptions> = {}): string {
  const chosen = { ...DEFAULT_REPORT_OPTIONS, ...options };
  const style = createStyle(chosen.color);
  const blocks = [
    [style.bold('heapdiff runs') + cutEnd(`  ${describeTitle(report)}`, chosen.width - 13)],
    ...report.comparisons.map((comparison) => renderComparison(comparison, chosen, style)),
    ...report.runs.map((run) => renderRunVerdict(run, report.runs.length > 1, chosen, style)),
    ...describeRuns(report, chosen, style).map((section) => renderSection(section, chosen.width, style)),
    renderNotes(report.notes, chosen, style),
  ];
  return `${blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

type Comparison = RunsReport['comparisons'][number];
type Run = RunsReport['runs'][number];

const MARGIN = ' '.repeat(INDENT);

function renderComparison({ different, summary, noise }: Comparison, options: ReportOptions, style: Style): string[] {
  const badge = different
    ? ({ word: 'DIFFERS', color: 'yellow' } as const)
    : ({ word: 'SAME', color: 'green' } as const);
  const width = options.width - INDENT;
  return [
    ...renderBadged(badge, wrapText(displaySentence(summary, options.cwd), width), options, style),
    ...wrapText(cleanText(noise), width).map((line) => MARGIN + style.dim(line)),
  ];
}

function renderRunVerdict(
  { label, verdict, trend }: Run,
  isNamed: boolean,
  options: ReportOptions,
  style: Style,
): string[] {
  const { kind, confidence, summary } = verdict;
  const width = options.width - INDENT;
  const text = displaySentence(`${isNamed ? `${label}: ` : ''}${summary}`, options.cwd);
  const further = trend ? wrapText(displaySentence(trend.summary, options.cwd), width) : [];
  return [
    ...renderBadged(BADGE[kind], wrapText(`${text} (confidence: ${confidence})`, width), options, style),
    ...further.map((line) => MARGIN + line),
  ];
}

export function renderNotes(notes: readonly string[], { width }: ReportOptions, style: Style): string[] {
  const lines = notes.flatMap((note) =>
    wrapText(cleanText(note), width - 2).map((line, at) => `${at === 0 ? '- ' : '  '}${line}`),
  );
  return lines.length === 0 ? [] : [style.bold('Notes'), '', ...lines];
}
