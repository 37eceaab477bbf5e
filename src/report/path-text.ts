/** Retaining paths in a few lines. */
import type { PathStep } from '../diff/types';
import { formatCount } from '../format-numbers';
import { displayFile } from './places';
import { cleanText, wrapText } from './text-width';

const MOST_PATH_LINES = 3;

/** `exports (Object) → drafts (Map)`, runs of one step written once, in a few lines; a long middle is left out. */
export function wrapPath(path: readonly PathStep[], width: number, cwd: string): string[] {
  if (path.length === 0) return [];
  // Spaces inside a step must not be broken at.
  const steps = collapseSteps(path, cwd).map((step) => step.replaceAll(' ', '\u00a0'));
  const wrap = (some: readonly string[]) => wrapText(some.join(' →\u0020'), width);
  let lines = wrap(steps);
  for (let kept = steps.length - 1; lines.length > MOST_PATH_LINES && kept >= 4; kept--) {
    const head = Math.floor(kept / 3);
    const left = steps.length - kept;
    lines = wrap([...steps.slice(0, head), `…${left}\u00a0more…`, ...steps.slice(steps.length - (kept - head))]);
  }
  return lines.map((line) => line.replaceAll('\u00a0', ' '));
}

function collapseSteps(path: readonly PathStep[], cwd: string): string[] {
  const runs: { text: string; count: number }[] = [];
  for (const step of path) {
    const text = describeStep(step, cwd);
    const count = step.repeats ?? 1;
    const last = runs[runs.length - 1];
    if (last?.text === text) last.count += count;
    else runs.push({ text, count });
  }
  return runs.map(({ text, count }) => (count > 1 ? `${text} ×${formatCount(count)}` : text));
}

function describeStep(step: PathStep, cwd: string): string {
  // Modules are cached by their files.
  const name = isPath(step.name) ? displayFile(step.name, cwd) : cleanText(step.name);
  const label = step.edge === 'element' && !name.startsWith('[') ? `[${name}]` : name;
  return step.constructor === '' || step.constructor === name ? label : `${label} (${cleanText(step.constructor)})`;
}

const isPath = (name: string) => /^(\/|file:|[A-Z]:\\)/.test(name);
