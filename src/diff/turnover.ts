/** Whether what came is there for good: samples say when in the window the objects were allocated that are left. */
import type { AllocationStack } from './stacks';
import type { HeldGrowth } from './suspects/held-growth';

/** With fewer samples a leak may look as if it had begun late: one in a thousand does with so many. */
const FEWEST_SAMPLES = 10;
/** A stack or two may have come to the wrong suspect. */
const EARLY_SHARE = 0.05;
/** What lies in more objects than these may grow by what they are replaced with: sessions that are written out anew. */
const MOST_OWNERS = 8;

/** There are more objects of a kind, and nothing is left of what was allocated in the first half of the window. */
export function turnsOver({ growthCount, crowds }: HeldGrowth, stacks: readonly AllocationStack[]): boolean {
  const ages = stacks.flatMap(({ ages: known = [] }) => known);
  const early = ages.filter((age) => age < 0.5);
  const areEntries = crowds.every(({ group, cycle }) => !cycle && (group.parent?.after.count ?? 0) < MOST_OWNERS);
  return growthCount > 0 && areEntries && ages.length >= FEWEST_SAMPLES && early.length <= ages.length * EARLY_SHARE;
}
