/** Suspects: what grew, who holds it, by which path, made where. */
import type { HeapDiff, Suspect, SuspectSite } from '../diff/types';
import * as numbers from '../format-numbers';
import { wrapPath } from './path-text';
import { displayCrowd, displayFunction, displayPlace, displaySentence } from './places';
import { describeSurvivors, describeTrend } from './render-captures';
import type { ReportOptions } from './report-options';
import type { Style } from './style';
import { cleanText, cutEnd, cutPath, measureText, wrapText } from './text-width';

const INDENT = '   ';
const LABEL = 8;
/** Suspects beyond these are in `--json`, or asked for with --top. */
const MOST_SUSPECTS = 5;
const MOST_SITES = 3;
const MOST_NAME = 24;

export function renderSuspects(diff: HeapDiff, options: ReportOptions, style: Style): string[] {
  const shown = diff.suspects.slice(0, Math.min(MOST_SUSPECTS, options.top));
  if (shown.length === 0) return [];
  const blocks = shown.map((suspect) => renderSuspect(suspect, diff, options, style));
  const rest = diff.suspects.length - shown.length;
  const further = rest > 0 ? ['', style.dim(`${INDENT}${rest} more in --json`)] : [];
  return [style.bold('Suspects'), ...blocks.flatMap((block) => ['', ...block]), ...further];
}

function renderSuspect(suspect: Suspect, diff: HeapDiff, options: ReportOptions, style: Style): string[] {
  const width = options.width - INDENT.length;
  const holder = displaySentence(suspect.holder.text, options.cwd);
  const headline = wrapText(`${displayCrowd(suspect)} held by ${holder}`, width);
  const line = (label: string, text: string) => INDENT + style.dim(label.padEnd(LABEL)) + text;
  const pathLines = wrapPath(suspect.holder.path, width - LABEL, options.cwd);
  const defined = displayPlace(suspect.constructor.location, options.cwd);
  return [
    style.red(String(suspect.rank).padEnd(INDENT.length)) + style.bold(headline[0]!),
    ...headline.slice(1).map((text) => INDENT + style.bold(text)),
    line('growth', describeSize(suspect, diff, style)),
    ...describeSteps(suspect).map((text, at) => line(at === 0 ? 'trend' : '', cutEnd(text, width - LABEL))),
    ...pathLines.map((text, at) => line(at === 0 ? 'path' : '', text)),
    ...(defined === '' ? [] : [line('defined', cutPath(defined, width - LABEL))]),
    ...describeSites(suspect.allocationSites.slice(0, MOST_SITES), options, width - LABEL).map((text, at) =>
      line(at === 0 ? 'made in' : '', text),
    ),
  ];
}

function describeSteps({ trend, growthCount }: Suspect): string[] {
  if (!trend) return [];
  return [describeTrend(trend, growthCount === 0), describeSurvivors(trend)].filter((text) => text !== '');
}

function describeSize(suspect: Suspect, { growth }: HeapDiff, style: Style): string {
  const facts = [
    style.red(numbers.formatBytesDelta(suspect.growthBytes)),
    `${numbers.formatShare(suspect.growthShare)} of growth`,
  ];
  const { perUnit } = growth;
  if (perUnit && perUnit.count > 0) {
    facts.push(`${numbers.formatBytes(suspect.growthBytes / perUnit.count)} per ${cleanText(perUnit.unit)}`);
  }
  const isOnePerUnit = perUnit !== null && suspect.growthCount === perUnit.count;
  if (suspect.growthCount > 1 && !isOnePerUnit) {
    facts.push(`${numbers.formatBytes(suspect.growthBytes / suspect.growthCount)} each`);
  }
  return facts.join(' · ');
}

/** `~21.0 MB  79 %  createSession  src/store.js:14:10`, aligned. */
function describeSites(sites: readonly SuspectSite[], { cwd }: ReportOptions, width: number): string[] {
  const rows = sites.map((site) => [
    (site.source === 'sampled' ? '~' : '') + numbers.formatBytes(site.bytes),
    numbers.formatShare(site.share),
    cutEnd(displayFunction(site.function), MOST_NAME),
  ]);
  const widest = (column: number) => Math.max(...rows.map((row) => measureText(row[column]!)));
  return rows.map(([bytes, share, name], at) => {
    const pad = ' '.repeat(widest(2) - measureText(name!));
    const start = `${bytes!.padStart(widest(0))}  ${share!.padStart(widest(1))}  ${name}${pad}  `;
    return (start + cutPath(displayPlace(sites[at]!, cwd), width - measureText(start))).trimEnd();
  });
}
