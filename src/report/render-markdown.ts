/** A comparison as GitHub-flavoured Markdown, for an issue or a pull request. */
import type { ConstructorGrowth, HeapDiff, Suspect } from '../diff/types';
import * as numbers from '../format-numbers';
import { code, escapeText, renderMarkdownTable as table } from './markdown';
import { displayClass, displayCrowd, displayFile, displayFunction, displayPlace, displaySentence } from './places';
import { hasNoSnapshots } from './render-header';
import { renderHoldersMarkdown } from './render-holders';
import { DEFAULT_REPORT_OPTIONS, type ReportOptions } from './report-options';
import { selectRows } from './select-rows';

/** `width` and `color` do not matter here. */
export function renderMarkdown(diff: HeapDiff, options: Partial<ReportOptions> = {}): string {
  const chosen = { ...DEFAULT_REPORT_OPTIONS, ...options };
  const sections = [
    renderVerdict(diff, chosen),
    renderSides(diff, chosen),
    renderSuspects(diff, chosen),
    renderHoldersMarkdown(diff, chosen),
    renderConstructors(diff, chosen),
    renderSites(diff, chosen),
  ];
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`;
}

function renderVerdict({ verdict }: HeapDiff, { cwd }: ReportOptions): string {
  const summary = escapeText(displaySentence(verdict.summary, cwd), true);
  return `## heapdiff: ${verdict.kind}\n\n**${summary}** (confidence: ${verdict.confidence})`;
}

function renderSides({ before, after, growth, window }: HeapDiff, { cwd }: ReportOptions): string {
  const isProfile = hasNoSnapshots({ before, after });
  const rows = [before, after].map((side, at) => [
    at === 0 ? 'before' : 'after',
    numbers.formatBytes(side.totalBytes),
    isProfile ? '' : numbers.formatCount(side.nodes),
    side.nodeVersion ?? '',
    code(displayFile(side.file, cwd)),
  ]);
  const delta = isProfile ? '' : numbers.formatCountDelta(after.nodes - before.nodes);
  rows.push(['growth', numbers.formatBytesDelta(growth.totalBytes), delta, '', '']);
  const facts: string[] = [];
  if (window) facts.push(`window ${numbers.formatSeconds(window.seconds)}`, `mode ${window.captureMode}`);
  if (growth.perUnit) {
    const { unit, count, bytes } = growth.perUnit;
    facts.push(escapeText(numbers.formatUnits(count, unit)), escapeText(`${numbers.formatBytes(bytes)} per ${unit}`));
  }
  return table(['', '>heap', '>nodes', 'Node', 'file'], rows) + (facts.length > 0 ? `\n\n${facts.join(' · ')}` : '');
}

function renderSuspects({ suspects }: HeapDiff, { cwd, top }: ReportOptions): string {
  if (suspects.length === 0) return '';
  return `### Suspects\n\n${suspects
    .slice(0, Math.min(top, 5))
    .map((suspect) => renderSuspect(suspect, cwd))
    .join('\n')}`;
}

function renderSuspect(suspect: Suspect, cwd: string): string {
  const { rank, growthBytes, growthShare, holder, allocationSites } = suspect;
  const size = `${numbers.formatBytesDelta(growthBytes)}, ${numbers.formatShare(growthShare)} of growth`;
  const sites = allocationSites.slice(0, 3).map((site) => {
    const bytes = `${site.source === 'sampled' ? '~' : ''}${numbers.formatBytes(site.bytes)}`;
    return `   - made in ${code(`${displayFunction(site.function)} ${displayPlace(site, cwd)}`)}: ${bytes}, ${numbers.formatShare(site.share)}`;
  });
  const held = escapeText(displaySentence(holder.text, cwd), true);
  return [`${rank}. **${escapeText(displayCrowd(suspect))}** held by ${held} (${size})`, ...sites].join('\n');
}

function renderConstructors(diff: HeapDiff, options: ReportOptions): string {
  const sort = hasNoSnapshots(diff) ? 'count' : options.sort;
  const { rows } = selectRows(diff.constructors, { ...options, sort });
  if (rows.length === 0) return '';
  if (hasNoSnapshots(diff)) return renderClassCounts(rows);
  const cells = rows.map((row) => [
    numbers.formatBytesDelta(row.retainedDelta),
    numbers.formatBytesDelta(row.shallowDelta),
    numbers.formatCountDelta(row.countDelta),
    numbers.formatCount(row.countAfter),
    code(displayClass(row)),
    code(displayPlace(row.location, options.cwd)),
  ]);
  const head = ['>Δ retained', '>Δ shallow', '>Δ count', '>count', 'constructor', 'defined at'];
  return `### Growth by constructor\n\n${table(head, cells)}\n\nΔ retained is by dominance: rows may say the same growth twice.`;
}

function renderClassCounts(rows: readonly ConstructorGrowth[]): string {
  const cells = rows.map((row) => [
    numbers.formatCountDelta(row.countDelta),
    numbers.formatCount(row.countAfter),
    code(displayClass(row)),
  ]);
  return `### Growth by constructor\n\n${table(['>Δ count', '>count', 'constructor'], cells)}\n\nCounted by name, without sizes.`;
}

function renderSites({ allocationSites }: HeapDiff, { top, cwd }: ReportOptions): string {
  const grown = allocationSites.filter(({ bytesDelta }) => bytesDelta > 0);
  if (grown.length === 0) return '';
  const total = grown.reduce((sum, site) => sum + site.bytesDelta, 0);
  const cells = grown
    .slice(0, top)
    .map((site) => [
      `${site.source === 'sampled' ? '~' : ''}${numbers.formatBytes(site.bytesDelta)}`,
      numbers.formatShare(site.bytesDelta / total),
      code(displayFunction(site.function)),
      code(displayPlace(site, cwd)),
    ]);
  return `### Growth by allocation site\n\n${table(['>bytes', '>share', 'function', 'starts at'], cells)}`;
}
