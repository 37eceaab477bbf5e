/** Growth with its holder, before it is ranked. */
import type { Holder, Suspect } from '../types';
import { isCause } from './containers';
import type { Crowd } from './crowd';

export interface HeldGrowth {
  readonly holder: Holder;
  readonly constructor: Suspect['constructor'];
  readonly growthBytes: number;
  readonly growthCount: number;
  /** What was found to grow there; the first gives it its name. */
  readonly crowds: readonly Crowd[];
}

/** One suspect per holder: the crowd that explains most of it names the constructor, all its growth counts. */
export function mergeByHolder(held: readonly HeldGrowth[]): HeldGrowth[] {
  const byHolder = new Map<string, HeldGrowth>();
  for (const growth of [...held].sort((a, b) => b.growthBytes - a.growthBytes)) {
    const key = holderKey(growth.holder);
    const known = byHolder.get(key);
    byHolder.set(key, known ? merge(known, growth) : growth);
  }
  return [...byHolder.values()];
}

/** A dictionary grows in place by what is put into it: the objects say more than their holder's bytes. */
function merge(known: HeldGrowth, growth: HeldGrowth): HeldGrowth {
  const [naming, other] = isCause(growth, known) ? [growth, known] : [known, growth];
  return {
    ...naming,
    growthBytes: known.growthBytes + growth.growthBytes,
    growthCount: naming.growthCount + (areAlike(naming, other) ? other.growthCount : 0),
    crowds: [...naming.crowds, ...other.crowds],
  };
}

/** Objects of one class, wherever below the holder; a dictionary's keys are strings that must not count beside its values. */
function areAlike(a: HeldGrowth, b: HeldGrowth): boolean {
  return a.constructor.name !== '(string)' && a.crowds[0]?.classIndex === b.crowds[0]?.classIndex;
}

/** Holders at like places are one: the same listeners of each of many emitters. */
function holderKey({ name, label, path }: Holder): string {
  const steps = path.map(
    ({ edge, name: step, constructor: owner }) => `${edge} ${/^\[?\d/.test(step) ? '[]' : step} ${owner}`,
  );
  return [name, label, ...steps].join('\n');
}
