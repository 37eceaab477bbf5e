/** Further paths to one node: through each of the other objects that refer to it. */
import type { Heap } from '../../heap/heap';
import { retainersOf } from '../../heap/retainers';
import type { RetainingTree } from '../../heap/retaining-tree';

/** Retainers looked at; a name that everybody uses has as many as the heap has objects. */
const MOST_RETAINERS = 2_000;

/** Up to `most` paths beside the chosen one, shortest first: ordinals from the root to the node. */
export function otherPaths(heap: Heap, tree: RetainingTree, node: number, most: number): number[][] {
  if (most <= 0) return [];
  const retainers = findRetainers(heap, node).filter((retainer) => retainer !== tree.parentOf(node));
  const paths = retainers.flatMap((retainer) => {
    if (!tree.isReached(retainer)) return [];
    const way = [...tree.ancestors(retainer)];
    // What is alive through the node itself does not keep it alive.
    return way.includes(node) ? [] : [[...way.reverse(), node]];
  });
  return paths.sort((a, b) => a.length - b.length).slice(0, most);
}

function findRetainers(heap: Heap, node: number): number[] {
  const retainers: number[] = [];
  for (const retainer of retainersOf(heap, node)) if (retainers.push(retainer) === MOST_RETAINERS) break;
  return retainers;
}
