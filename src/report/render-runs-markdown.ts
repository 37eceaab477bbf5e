/** A comparison of runs as GitHub-flavoured Markdown. */
import type { RunsReport } from '../diff/runs/run-types';
import { escapeText } from './markdown';
import { displaySentence } from './places';
import { DEFAULT_REPORT_OPTIONS, type ReportOptions } from './report-options';
import { describeRuns, describeTitle } from './runs-sections';
import { renderMarkdownSection } from './sections';
import { createStyle } from './style';

/** `width` and `color` do not matter here. */
export function renderRunsMarkdown(report: RunsReport, options: Partial<ReportOptions> = {}): string {
  const chosen = { ...DEFAULT_REPORT_OPTIONS, ...options };
  const prose = (sentence: string) => escapeText(displaySentence(sentence, chosen.cwd), true);
  const blocks = [
    `## heapdiff runs: ${escapeText(describeTitle(report))}`,
    ...report.comparisons.map(({ summary, noise }) => `**${prose(summary)}**\n\n${prose(noise)}`),
    report.runs
      .map(({ label, verdict: { kind, confidence, summary }, trend }) => {
        const further = trend ? ` ${prose(trend.summary)}` : '';
        return `- **${escapeText(label)}**: ${kind} (confidence: ${confidence}). ${prose(summary)}${further}`;
      })
      .join('\n'),
    ...describeRuns(report, chosen, createStyle(false)).map(renderMarkdownSection),
    report.notes.map((note) => `- ${prose(note)}`).join('\n'),
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}
