/** Further paths to one node: through each of the other objects that refer to it. */
import type { Heap } from '../../heap/heap';
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

function findRetainers({ graph, essential }: Heap, node: number): number[] {
  const { first, to } = graph.edges;
  const retainers: number[] = [];
  for (let from = 0; from < graph.nodeCount && retainers.length < MOST_RETAINERS; from++) {
    if (from === node) continue;
    for (let edge = first[from]!; edge < first[from + 1]!; edge++) {
      if (to[edge] !== node || !essential.has(edge)) continue;
      retainers.push(from);
      break;
    }
  }
  return retainers;
}
