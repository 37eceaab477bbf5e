/** The loops over a graph in the kernel. */
import type { GraphLoops } from '../loops/graph-loops';
import { plainLoops } from '../loops/plain-loops';
import { loadGraphKernel } from './graph-kernel';
import type { Column, KernelMemory } from './kernel-memory';
import { createWalker, KernelHost } from './kernel-walk';

/**
 * Nodes per call. V8 compiles a function well while it runs often, and goes over to that code at the next call: one
 * call for all would stay with what was compiled in a hurry.
 */
const SLICE = 1 << 15;

type LoopName = Exclude<keyof GraphLoops, 'walker'>;
type Arguments = [...columns: (Column | number)[], from: number, end: number];

/** Loops in the kernel over columns in `memory`, in plain TypeScript over others; null where there is no kernel. */
export function createKernelLoops(memory: KernelMemory, slice = SLICE): GraphLoops | null {
  const host = new KernelHost();
  const kernel = loadGraphKernel(memory, host);
  if (!kernel) return null;

  /** A loop whose range is cut into slices by `cut`. */
  const sliced = <Name extends LoopName>(name: Name, cut: typeof cutUp): GraphLoops[Name] => {
    const loop = (...args: Arguments) => {
      const [from, end] = args.slice(-2) as [number, number];
      const addresses = memory.addressesOf(...args.slice(0, -2));
      if (addresses) for (const range of cut(from, end, slice)) kernel[name](...addresses, ...range);
      else (plainLoops[name] as unknown as typeof loop)(...args);
    };
    return loop as unknown as GraphLoops[Name];
  };
  return {
    walker: (search) => createWalker({ kernel, memory, host, slice }, search),
    sumCounts: sliced('sumCounts', cutUp),
    divideExactly: sliced('divideExactly', cutUp),
    readParents: sliced('readParents', cutUp),
    sumRows: sliced('sumRows', cutUp),
    collectPredecessors: sliced('collectPredecessors', cutUp),
    findSemidominators: sliced('findSemidominators', cutDown),
    findDominators: sliced('findDominators', cutUp),
    sumSubtrees: sliced('sumSubtrees', cutDown),
    placeVertices: sliced('placeVertices', cutUp),
    nameDominators: sliced('nameDominators', cutUp),
    sumRetained: sliced('sumRetained', cutDown),
    markOwnable: sliced('markOwnable', cutUp),
    findOwned: sliced('findOwned', cutUp),
    moveSizes: sliced('moveSizes', cutUp),
    markIds: sliced('markIds', cutUp),
    listNames: sliced('listNames', cutUp),
    nameNodes: sliced('nameNodes', cutUp),
    listSpecial: sliced('listSpecial', cutUp),
    translate: sliced('translate', cutUp),
    sumShallow: sliced('sumShallow', cutUp),
    sumTopmost: sliced('sumTopmost', cutUp),
  };
}

function* cutUp(from: number, end: number, slice: number): Generator<[from: number, end: number]> {
  for (let at = from; at < end; at += slice) yield [at, Math.min(at + slice, end)];
}

function* cutDown(from: number, end: number, slice: number): Generator<[from: number, end: number]> {
  for (let at = from; at > end; at -= slice) yield [at, Math.max(at - slice, end)];
}
