/** The loops over a graph in the kernel. */
import type { Walk } from '../depth-first';
import type { GraphLoops } from '../loops/graph-loops';
import { plainLoops } from '../loops/plain-loops';
import { type GraphKernel, type GraphKernelHost, loadGraphKernel } from './graph-kernel';
import type { KernelMemory } from './kernel-memory';

/**
 * Nodes per call. V8 compiles a function well while it runs often, and goes over to that code at the next call: one
 * call for all would stay with what was compiled in a hurry.
 */
const SLICE = 1 << 15;

type Column = Uint8Array | Uint16Array | Uint32Array;
type LoopName = Exclude<keyof GraphLoops, 'walk'>;

/** Loops in the kernel over columns in `memory`, in plain TypeScript over others; null where there is no kernel. */
export function createKernelLoops(memory: KernelMemory, slice = SLICE): GraphLoops | null {
  const host = new WalkHost(slice);
  const kernel = loadGraphKernel(memory, host);
  if (!kernel) return null;
  const up = loopsInSlices(kernel, memory, (from, end, run) => {
    for (let at = from; at < end; at += slice) run(at, Math.min(at + slice, end));
  });
  const down = loopsInSlices(kernel, memory, (from, end, run) => {
    for (let at = from; at > end; at -= slice) run(at, Math.max(at - slice, end));
  });
  return {
    walk: (walk, start) => {
      if (holdsWalk(memory, walk)) walkInKernel(kernel, host, walk, start);
      else plainLoops.walk(walk, start);
    },
    readParents: up('readParents'),
    sumRows: up('sumRows'),
    collectPredecessors: up('collectPredecessors'),
    findSemidominators: down('findSemidominators'),
    findDominators: up('findDominators'),
    sumSubtrees: down('sumSubtrees'),
    placeVertices: up('placeVertices'),
    nameDominators: up('nameDominators'),
    sumRetained: down('sumRetained'),
    findOwned: up('findOwned'),
  };
}

type Slices = (from: number, end: number, run: (from: number, end: number) => void) => void;

/** Makes loops that go through a range in slices, if all of their columns lie in the kernel's memory. */
function loopsInSlices(kernel: GraphKernel, memory: KernelMemory, slices: Slices) {
  return <Name extends LoopName>(name: Name): GraphLoops[Name] => {
    const loop = (...args: [...columns: Column[], from: number, end: number]) => {
      const columns = args.slice(0, -2) as Column[];
      const [from, end] = args.slice(-2) as [number, number];
      if (columns.every((column) => memory.holds(column))) {
        const addresses = columns.map((column) => column.byteOffset);
        slices(from, end, (low, high) => kernel[name](...addresses, low, high));
      } else (plainLoops[name] as (...args: unknown[]) => void)(...args);
    };
    return loop as unknown as GraphLoops[Name];
  };
}

/** Answers the kernel for the walk under way. */
class WalkHost implements GraphKernelHost {
  walk: Walk | null = null;

  constructor(readonly slice: number) {}

  readonly leavesOut = (node: number, edge: number, isForeign: number) =>
    this.walk!.leavesOut(node >>> 0, edge >>> 0, isForeign !== 0);

  readonly noteLongWay = (levels: number) => {
    this.walk!.backSteps.long.push(levels >>> 0);
  };
}

function columnsOf({ graph, kinds, numberOf, vertex, lowest, fromLarger, ...walk }: Walk): Column[] {
  const { first, to, label } = graph.edges;
  const marks = [walk.essential.words, walk.backward.words];
  const columns = [first, to, label, kinds, numberOf, vertex, lowest, fromLarger, walk.backSteps.levels];
  return [...columns, ...marks, walk.way, walk.cursors];
}

function holdsWalk(memory: KernelMemory, walk: Walk): boolean {
  const { alsoOwned } = walk;
  return columnsOf(walk).every((column) => memory.holds(column)) && (!alsoOwned || memory.holds(alsoOwned.words));
}

function walkInKernel(kernel: GraphKernel, host: WalkHost, walk: Walk, start: number): void {
  const { first, to, label } = walk.graph.edges;
  kernel.useEdges(first.byteOffset, to.byteOffset, label.byteOffset, walk.kinds.byteOffset);
  const { numberOf, vertex, lowest, fromLarger, backSteps } = walk;
  const levels = backSteps.levels.byteOffset;
  kernel.useNumbers(numberOf.byteOffset, vertex.byteOffset, lowest.byteOffset, fromLarger.byteOffset, levels);
  kernel.useMarks(walk.essential.words.byteOffset, walk.backward.words.byteOffset);
  kernel.useStacks(walk.way.byteOffset, walk.cursors.byteOffset);
  kernel.useOwned(walk.ownedEnd, walk.alsoOwned?.words.byteOffset ?? 0, walk.isRootOwned);
  host.walk = walk;
  kernel.beginWalk(start, walk.count);
  while (kernel.walk(host.slice) === 0);
  walk.count = kernel.walkCount();
  walk.depth = kernel.walkDepth();
}
