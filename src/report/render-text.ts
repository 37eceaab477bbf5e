/** A comparison as a screen of text: the order in which somebody woken at night wants to know things. */
import type { HeapDiff } from '../diff/types';
import { renderCaptures } from './render-captures';
import { renderHeader } from './render-header';
import { renderHolders } from './render-holders';
import { renderMemory, renderNotes } from './render-memory';
import { renderSuspects } from './render-suspects';
import { renderConstructors, renderSites } from './render-tables';
import { renderVerdict } from './render-verdict';
import { DEFAULT_REPORT_OPTIONS, type ReportOptions } from './report-options';
import { createStyle } from './style';

/** Lines of at most `width` columns, ending in a newline; no colour unless asked for. */
export function renderText(diff: HeapDiff, options: Partial<ReportOptions> = {}): string {
  const chosen = { ...DEFAULT_REPORT_OPTIONS, ...options };
  const style = createStyle(chosen.color);
  const sections = [
    renderHeader,
    renderVerdict,
    renderCaptures,
    renderSuspects,
    renderHolders,
    renderConstructors,
    renderSites,
    renderMemory,
    renderNotes,
  ];
  const rendered = sections.map((render) => render(diff, chosen, style)).filter((lines) => lines.length > 0);
  return `${rendered.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}
