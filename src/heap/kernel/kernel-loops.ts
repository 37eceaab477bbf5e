/** The loops over a graph in the kernel. */

import type { Column } from '../column-memory';
import type { Edges } from '../edges';
import type { GraphLoops } from '../loops/graph-loops';
import { plainLoops } from '../loops/plain-loops';
import type { NodeSizes } from '../types';
import { type LoopName, loadGraphKernel } from './graph-kernel';
import type { KernelMemory } from './kernel-memory';
import { createWalker, edgeColumns, KernelHost } from './kernel-walk';

/**
 * Nodes per call. V8 compiles a function well while it runs often, and goes over to that code at the next call: one
 * call for all would stay with what was compiled in a hurry.
 */
const SLICE = 1 << 15;

/** Loops whose range begins at its larger end. */
const DOWN: ReadonlySet<LoopName> = new Set(['findSemidominators', 'sumSubtrees']);

type Argument = Edges | NodeSizes | Column | number | null;
type Loop = (...args: [...columns: Argument[], from: number, end: number]) => void;

/** Loops in the kernel over columns in `memory`, in plain TypeScript over others; null where there is no kernel. */
export function createKernelLoops(memory: KernelMemory, slice = SLICE): GraphLoops | null {
  const host = new KernelHost();
  const kernel = loadGraphKernel(memory, host);
  if (!kernel) return null;
  const { walker: _, ...plain } = plainLoops;
  const inKernel = (name: LoopName): Loop => {
    const cut = DOWN.has(name) ? cutDown : cutUp;
    return (...args) => {
      const [from, end] = args.slice(-2) as [number, number];
      const addresses = memory.addressesOf(...args.slice(0, -2).flatMap(spread));
      if (addresses) for (const range of cut(from, end, slice)) kernel[name](...addresses, ...range);
      else (plain[name] as Loop)(...args);
    };
  };
  const loops = Object.fromEntries((Object.keys(plain) as LoopName[]).map((name) => [name, inKernel(name)]));
  const walker: GraphLoops['walker'] = (search) => createWalker({ kernel, memory, host, slice }, search);
  return { ...(loops as unknown as typeof plain), walker };
}

/** What the kernel takes for an argument. */
function spread(arg: Argument): readonly (Column | number | null)[] {
  if (arg === null || typeof arg === 'number') return [arg];
  if ('ranges' in arg) return edgeColumns(arg);
  return 'far' in arg ? sizeColumns(arg) : [arg];
}

const sizeColumns = ({ near, far }: NodeSizes) => [near, far.keys, far.bytes, far.mask, far.count] as const;

function* cutUp(from: number, end: number, slice: number): Generator<[from: number, end: number]> {
  for (let at = from; at < end; at += slice) yield [at, Math.min(at + slice, end)];
}

function* cutDown(from: number, end: number, slice: number): Generator<[from: number, end: number]> {
  for (let at = from; at > end; at -= slice) yield [at, Math.max(at - slice, end)];
}
