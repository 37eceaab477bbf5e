/** Growth with its holder, before it is ranked. */
import type { Holder, Suspect } from '../types';
import type { Crowd } from './crowd';

export interface HeldGrowth {
  readonly holder: Holder;
  readonly constructor: Suspect['constructor'];
  readonly growthBytes: number;
  readonly growthCount: number;
  /** What was found to grow there, largest first. */
  readonly crowds: readonly Crowd[];
}

/** One suspect per holder: its largest crowd names the constructor, all its growth counts. */
export function mergeByHolder(held: readonly HeldGrowth[]): HeldGrowth[] {
  const byHolder = new Map<string, HeldGrowth>();
  for (const growth of [...held].sort((a, b) => b.growthBytes - a.growthBytes)) {
    const key = holderKey(growth.holder);
    const known = byHolder.get(key);
    const merged = known
      ? {
          ...known,
          growthBytes: known.growthBytes + growth.growthBytes,
          crowds: [...known.crowds, ...growth.crowds],
        }
      : growth;
    byHolder.set(key, merged);
  }
  return [...byHolder.values()];
}

/** Holders at like places are one: the same listeners of each of many emitters. */
function holderKey({ name, label, path }: Holder): string {
  const steps = path.map(
    ({ edge, name: step, constructor: owner }) => `${edge} ${/^\[?\d/.test(step) ? '[]' : step} ${owner}`,
  );
  return [name, label, ...steps].join('\n');
}
