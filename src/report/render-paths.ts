/** Retaining paths as a screen of text: `heapdiff path`. */
import type { PathReport, PathTarget, RetainingPath } from '../diff/paths/path-types';
import * as numbers from '../format-numbers';
import { wrapPath } from './path-text';
import { displayClass, displayFile, displayPlace, displaySentence } from './places';
import { DEFAULT_REPORT_OPTIONS, type ReportOptions } from './report-options';
import { createStyle, type Style } from './style';
import { cutPath, wrapText } from './text-width';

const INDENT = '   ';
const LABEL = 8;
const MOST_IDS = 5;
const MOST_PLACES = 3;

/** Lines of at most `width` columns. */
export function renderPaths(report: PathReport, options: Partial<ReportOptions> = {}): string {
  const chosen = { ...DEFAULT_REPORT_OPTIONS, ...options };
  const style = createStyle(chosen.color);
  const { target, paths } = report;
  const shown = paths.slice(0, chosen.top);
  const sections = [
    renderTarget(report, chosen, style),
    ...shown.map((path, at) => renderPath(path, at + 1, target, chosen, style)),
    describeRest(paths.slice(shown.length), target, chosen).map(style.dim),
  ];
  const filled = sections.filter((lines) => lines.length > 0);
  return `${filled.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function renderTarget({ file, nodeVersion, target }: PathReport, options: ReportOptions, style: Style): string[] {
  const version = nodeVersion ? ` · Node ${nodeVersion}` : '';
  const name = cutPath(displayFile(file, options.cwd), options.width - 10 - version.length);
  const size = `${numbers.formatBytes(target.shallowSize)} shallow, ${numbers.formatBytes(target.retainedSize)} retained`;
  const places = target.constructors
    .map((row) => displayPlace(row.location, options.cwd))
    .filter((place) => place !== '')
    .slice(0, MOST_PLACES);
  const more = target.constructors.length - places.length;
  const defined =
    places.length === 0
      ? ''
      : `; defined at ${places.join(', ')}${more > 0 ? ` and ${numbers.formatUnits(more, 'more place')}` : ''}`;
  return [
    `${style.bold('heapdiff')}  ${name}${version}`,
    '',
    ...wrapText(`${describeTarget(target)}: ${size}${defined}`, options.width).map(style.bold),
  ];
}

/** `5,000 Session`, `@4711 (Session)`. */
function describeTarget({ kind, query, count, constructors }: PathTarget): string {
  const name = constructors[0] ? displayClass(constructors[0]) : query;
  return kind === 'node' ? `@${query.replace('@', '')} (${name})` : `${numbers.formatCount(count)} ${name}`;
}

function renderPath(
  path: RetainingPath,
  rank: number,
  target: PathTarget,
  options: ReportOptions,
  style: Style,
): string[] {
  const width = options.width - INDENT.length;
  const line = (label: string, text: string) => INDENT + style.dim(label.padEnd(LABEL)) + text;
  const holder = displaySentence(path.holder.text, options.cwd);
  const count = `${numbers.formatCount(path.count)} of ${numbers.formatCount(target.count)}, ${numbers.formatBytes(path.retainedSize)}, `;
  const headline = wrapText(`${target.kind === 'node' ? '' : count}held by ${holder}`, width);
  const ids = path.examples.slice(0, MOST_IDS).map((id) => `@${id}`);
  const more = path.count > ids.length ? ` and ${numbers.formatCount(path.count - ids.length)} more` : '';
  return [
    style.cyan(String(rank).padEnd(INDENT.length)) + style.bold(headline[0]!),
    ...headline.slice(1).map((text) => INDENT + style.bold(text)),
    ...wrapPath(path.path, width - LABEL, options.cwd).map((text, at) => line(at === 0 ? 'path' : '', text)),
    ...(target.kind === 'node' ? [] : [line('ids', `${ids.join(' ')}${more}`)]),
  ];
}

function describeRest(hidden: readonly RetainingPath[], target: PathTarget, { width, top }: ReportOptions): string[] {
  const notes: string[] = [];
  if (hidden.length > 0) {
    const count = hidden.reduce((sum, path) => sum + path.count, 0);
    const bytes = hidden.reduce((sum, path) => sum + path.retainedSize, 0);
    notes.push(
      `${numbers.formatUnits(hidden.length, 'further path')}: ${numbers.formatCount(count)} objects, ${numbers.formatBytes(bytes)} (--top ${top + hidden.length}).`,
    );
  }
  if (target.unreached > 0) {
    const whose =
      target.kind === 'node' ? 'Nothing keeps it' : `Nothing keeps ${numbers.formatCount(target.unreached)} of them`;
    notes.push(`${whose} alive: only weak references, or objects that are garbage themselves, lead there.`);
  }
  return notes.flatMap((note) => wrapText(note, width));
}
