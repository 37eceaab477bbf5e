/** Paths along chains, told once: a list of a million links is one link, a million times. */
import type { PathStep } from '../types';

/** A chain's link takes this many steps at the most to be seen as one. */
const LONGEST_CYCLE = 4;

/** Replaces steps that repeat again and again by one round of them with a count. */
export function collapseRepeats<Step extends PathStep>(steps: readonly Step[]): Step[] {
  const same = (a: PathStep | undefined, b: PathStep | undefined) =>
    a !== undefined && b !== undefined && a.name === b.name && a.edge === b.edge && a.constructor === b.constructor;
  const collapsed: Step[] = [];
  for (let at = 0; at < steps.length; ) {
    let rounds = 1;
    let length = 1;
    for (; length <= LONGEST_CYCLE; length++) {
      rounds = 1;
      while (range(length).every((i) => same(steps[at + i], steps[at + rounds * length + i]))) rounds++;
      if (rounds > 1) break;
    }
    if (rounds === 1) length = 1;
    for (const i of range(length)) {
      const step = steps[at + i]!;
      collapsed.push(rounds > 1 ? { ...step, repeats: rounds } : step);
    }
    at += rounds * length;
  }
  return collapsed;
}

const range = (length: number) => Array.from({ length }, (_, i) => i);
