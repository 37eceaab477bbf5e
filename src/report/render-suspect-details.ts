/** One suspect on a screen of its own: `--suspect N`. */
import type { DetailStep, Field, SuspectDetails, SuspectStack, Value, ValueShape } from '../diff/details/detail-types';
import type { HeapDiff } from '../diff/types';
import * as numbers from '../format-numbers';
import { displayClass, displayCrowd, displayFile, displayFunction, displayPlace, displaySentence } from './places';
import { renderTitle } from './render-header';
import { DEFAULT_REPORT_OPTIONS, type ReportOptions } from './report-options';
import { createStyle, type Style } from './style';
import { renderTable } from './table';
import { cleanText, cutEnd, cutPath, wrapText } from './text-width';

const MOST_FRAMES = 12;
const MOST_STEPS = 40;

/** Lines of at most `width` columns. Empty text when the comparison has no details. */
export function renderSuspectDetails(diff: HeapDiff, options: Partial<ReportOptions> = {}): string {
  const details = diff.suspectDetails;
  if (!details) return '';
  const chosen = { ...DEFAULT_REPORT_OPTIONS, ...options };
  const style = createStyle(chosen.color);
  const sections = [
    [renderTitle(diff, chosen.width, style)],
    renderHeadline(diff, details, chosen, style),
    renderMembers(details, chosen, style),
    renderPath(details.path, chosen, style),
    renderComposition(details, chosen, style),
    renderStacks(details.stacks, chosen, style),
    renderExamples(details.examples, chosen, style),
  ];
  const shown = sections.filter((lines) => lines.length > 0);
  return `${shown.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function renderHeadline(diff: HeapDiff, { rank }: SuspectDetails, options: ReportOptions, style: Style): string[] {
  const suspect = diff.suspects[rank - 1]!;
  const { growthBytes, growthShare, holder, constructor: definition } = suspect;
  const text = `Suspect ${rank}: ${displayCrowd(suspect)} held by ${displaySentence(holder.text, options.cwd)}`;
  const size = `${numbers.formatBytesDelta(growthBytes)}, ${numbers.formatShare(growthShare)} of growth`;
  const defined = displayPlace(definition.location, options.cwd);
  const facts = defined === '' ? size : `${size}; ${displayClass(definition)} is defined at ${defined}`;
  return [...wrapText(text, options.width).map(style.bold), ...wrapText(facts, options.width)];
}

function renderMembers({ members }: SuspectDetails, { width }: ReportOptions, style: Style): string[] {
  const { countBefore, countAfter, newOnly, bytes } = members;
  const whose = newOnly ? 'Each new one' : 'Each of them';
  const sizes = `smallest ${numbers.formatBytes(bytes.min)}, median ${numbers.formatBytes(bytes.median)}, largest ${numbers.formatBytes(bytes.max)}`;
  const together = `together ${numbers.formatBytes(bytes.total)}`;
  const text = `${numbers.formatCount(countBefore)} before, ${numbers.formatCount(countAfter)} after. ${whose} keeps alive: ${sizes}; ${together}.`;
  return [style.bold('Members'), '', ...wrapText(text, width)];
}

/** One step per line: long paths are read line by line. */
function renderPath(path: readonly DetailStep[], options: ReportOptions, style: Style): string[] {
  const half = MOST_STEPS / 2;
  const isCut = path.length > MOST_STEPS;
  const shown = isCut ? [...path.slice(0, half), null, ...path.slice(-half)] : path;
  const rows = shown.map((step) =>
    step === null
      ? { cells: ['', '', `… ${path.length - MOST_STEPS} more (--json)`, ''] }
      : {
          cells: [
            `@${step.id}`,
            numbers.formatBytes(step.retainedSize),
            describeEdge(step),
            cleanText(step.constructor),
          ],
          paint: (text: string, column: number) => (column === 0 ? style.dim(text) : text),
        },
  );
  const columns = [
    { head: 'id', kind: 'number' },
    { head: 'retained', kind: 'number' },
    { head: 'through', kind: 'name' },
    { head: 'to', kind: 'name' },
  ] as const;
  return [style.bold('Path from the root to one of them'), '', ...renderTable(columns, rows, options.width, style)];
}

function describeEdge({ edge, name, repeats }: DetailStep): string {
  if (edge === 'root') return '';
  const label = `${cleanText(name)}${repeats ? ` ×${numbers.formatCount(repeats)}` : ''}`;
  return edge === 'property' || edge === 'element' ? label : `${label} (${edge})`;
}

function renderComposition({ composition, members }: SuspectDetails, options: ReportOptions, style: Style): string[] {
  const count = Math.max(1, members.newOnly ? members.countAfter - members.countBefore : members.countAfter);
  const rows = composition
    .filter(({ internal }, at) => options.all || !internal || at < 5)
    .slice(0, options.top)
    .map((row) => ({
      cells: [
        numbers.formatBytes(row.bytes),
        numbers.formatShare(row.share),
        numbers.formatCount(row.count),
        numbers.formatBytes(row.bytes / count),
        displayClass(row.constructor),
        displayPlace(row.constructor.location, options.cwd),
      ],
      paint: (text: string, column: number) => (column === 5 ? style.dim(text) : text),
    }));
  const columns = [
    { head: 'bytes', kind: 'number' },
    { head: 'share', kind: 'number' },
    { head: 'count', kind: 'number' },
    { head: 'per member', kind: 'number' },
    { head: 'constructor', kind: 'name' },
    { head: 'defined at', kind: 'path' },
  ] as const;
  return [style.bold('What they consist of'), '', ...renderTable(columns, rows, options.width, style)];
}

function renderStacks(stacks: readonly SuspectStack[], options: ReportOptions, style: Style): string[] {
  if (stacks.length === 0) return [];
  const blocks = stacks.slice(0, 5).flatMap((stack) => {
    const bytes = `${stack.source === 'sampled' ? '~' : ''}${numbers.formatBytes(stack.bytes)}`;
    // Native callers without a name tell nothing.
    const known = stack.frames.filter((frame) => frame !== '(anonymous)');
    const frames = known.slice(0, MOST_FRAMES).map((frame) => `   ${describeFrame(frame, options)}`);
    const more = known.length - MOST_FRAMES;
    return [
      '',
      `${style.bold(bytes)}  ${numbers.formatShare(stack.share)}`,
      ...frames,
      ...(more > 0 ? [style.dim(`   and ${more} more callers (--json)`)] : []),
    ];
  });
  return [style.bold('Made by'), ...blocks];
}

/** `createSession  src/store.js:14:10`. A frame is `function file:line:column`; native ones have no place. */
function describeFrame(frame: string, { cwd, width }: ReportOptions): string {
  const parts = /^(.*?) ((?:\/|[a-z]+:|[A-Z]:\\).*)(:\d+:\d+)$/.exec(frame);
  if (!parts) return cutEnd(cleanText(frame), width - 3);
  const name = displayFunction(parts[1]!);
  return `${cutEnd(name, 30)}  ${cutPath(displayFile(parts[2]!, cwd) + parts[3], width - 5 - Math.min(30, name.length))}`;
}

function renderExamples(examples: readonly ValueShape[], options: ReportOptions, style: Style): string[] {
  const blocks = examples.flatMap((example) => ['', ...renderExample(example, options, style)]);
  const note =
    'Small integers, booleans, null and undefined have no node in a snapshot, so such properties are not listed.';
  return [style.bold('Some of them'), ...blocks, '', ...wrapText(note, options.width).map(style.dim)];
}

function renderExample(example: ValueShape, options: ReportOptions, style: Style): string[] {
  const size = `${numbers.formatBytes(example.shallowSize)}, retains ${numbers.formatBytes(example.retainedSize)}`;
  const rows = example.fields.map((field) => ({
    cells: ['  ', nameField(field), describeValue(field), describeBytes(field)],
  }));
  const columns = [
    { head: '  ', kind: 'name' },
    { head: 'property', kind: 'name' },
    { head: 'value', kind: 'name' },
    { head: 'retained', kind: 'number' },
  ] as const;
  const elements = example.elements.map((row) => `${numbers.formatCount(row.count)} ${cleanText(row.constructor)}`);
  const hidden =
    example.hiddenFields > 0
      ? [`  ${numbers.formatCount(example.hiddenFields)} properties, not named: they may be data (--values)`]
      : [];
  return [
    `${style.bold(`@${example.id} ${describeValue(example)}`)}  ${size}`,
    ...renderTable(columns, rows, options.width, style),
    ...hidden,
    ...(elements.length > 0 ? wrapText(`  elements: ${elements.join(', ')}`, options.width) : []),
  ];
}

const nameField = ({ name, variable }: Field) => (variable ? `${cleanText(name)} (variable)` : cleanText(name));

/** `string, 24 characters`, `Map`, `number`; the contents of a string only where they were asked for. */
function describeValue(value: Value): string {
  const { type, length, isCut, preview } = value;
  if (length !== null) {
    const characters = `string, ${isCut ? 'at least ' : ''}${numbers.formatUnits(length, 'character')}`;
    return preview === undefined ? characters : `${characters}: ${cleanText(preview)}`;
  }
  return type === 'object' || type === 'native' ? cleanText(value.constructor) : type === 'closure' ? 'function' : type;
}

const describeBytes = ({ retainedSize }: Value) => (retainedSize === 0 ? '' : numbers.formatBytes(retainedSize));
