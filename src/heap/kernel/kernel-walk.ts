/** The walk of the depth-first search in the kernel. */

import type { Edges } from '../edges';
import { walk as walkPlain } from '../loops/plain-walk';
import type { Walk } from '../loops/walk';
import type { GraphKernel, GraphKernelHost } from './graph-kernel';
import type { KernelMemory } from './kernel-memory';

/** The search under way, which answers what the kernel asks. */
export class KernelHost implements GraphKernelHost {
  search: Walk | null = null;

  readonly leavesOut = (node: number, edge: number, isForeign: number) =>
    this.search!.leavesOut(node >>> 0, edge >>> 0, isForeign !== 0);

  readonly noteLongWay = (levels: number) => {
    this.search!.backSteps.long.push(levels >>> 0);
  };
}

/** What walks of a search are done with: `slice` nodes at each call of `kernel`. */
export interface WalkMeans {
  readonly kernel: GraphKernel;
  readonly memory: KernelMemory;
  readonly host: KernelHost;
  readonly slice: number;
}

/** What the kernel takes for edges. */
export const edgeColumns = ({ ranges, to, label }: Edges) =>
  [ranges.starts, ranges.offsets, ranges.far, to.ordinals, to.width, label] as const;

/** Walks of a search, all in the kernel if its columns lie in the kernel's memory, else in plain TypeScript. */
export function createWalker({ kernel, memory, host, slice }: WalkMeans, search: Walk): (start: number) => void {
  const { numberOf, vertex, lowest, fromLarger, backSteps, essential, backward, kinds, way, cursors } = search;
  const edges = memory.addressesOf(...edgeColumns(search.edges), kinds);
  const numbers = memory.addressesOf(numberOf, vertex, lowest, fromLarger, backSteps.levels);
  const marks = memory.addressesOf(essential.words, backward.words);
  const stacks = memory.addressesOf(way, cursors);
  if (!edges || !numbers || !marks || !stacks) return (start) => walkPlain(search, start);
  kernel.useEdges(...edges);
  kernel.useNumbers(...numbers);
  kernel.useMarks(...marks);
  kernel.useStacks(...stacks);
  host.search = search;
  return (start) => {
    const { ownedEnd, alsoOwned, isRootOwned } = search;
    const owned = alsoOwned ? memory.addressesOf(alsoOwned.words) : [0];
    if (!owned) return walkPlain(search, start);
    kernel.useOwned(ownedEnd, owned[0]!, isRootOwned);
    kernel.beginWalk(start, search.count);
    while (kernel.walk(slice) === 0);
    search.count = kernel.walkCount();
    search.depth = kernel.walkDepth();
  };
}
