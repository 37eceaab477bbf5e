/** Whether what came is there for good: samples say when in the window the objects were allocated that are left. */
import type { AllocationStack } from './stacks';
import type { HeldGrowth } from './suspects/held-growth';

/** How often samples of a leak, which are of all ages, may happen to be as young. */
const CHANCE = 0.001;
/** Fewer tell nothing, and the youngest of all is somebody's. */
const FEWEST_SAMPLES = 5;
/** A stack or two may have come to the wrong suspect. */
const EARLY_SHARE = 0.05;
/** What lies in more objects than these may grow by what they are replaced with: sessions that are written out anew. */
const MOST_OWNERS = 8;

/** There are more objects of a kind, and nothing is left of what was allocated in the first half of the window. */
export function turnsOver({ growthCount, crowds }: HeldGrowth, stacks: readonly AllocationStack[]): boolean {
  const ages = stacks.flatMap(({ ages: known = [] }) => known).sort((a, b) => a - b);
  if (ages.length < FEWEST_SAMPLES) return false;
  const strays = Math.floor(ages.length * EARLY_SHARE);
  const oldest = ages[strays]!;
  const areEntries = crowds.every(({ group, cycle }) => !cycle && (group.parent?.after.count ?? 0) < MOST_OWNERS);
  const areYoung = oldest >= 0.5 && (1 - oldest) ** (ages.length - strays) < CHANCE;
  return growthCount > 0 && areEntries && areYoung;
}
