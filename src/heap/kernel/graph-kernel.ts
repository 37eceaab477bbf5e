/** Instantiates the graph kernel; what its functions do is said in assembly/graph.ts and the files behind it. */
import type { GraphLoops } from '../loops/graph-loops';
import { compileKernel } from './compile-kernel';
import { KERNEL_BASE64 } from './graph-wasm';
import type { KernelMemory } from './kernel-memory';

export type LoopName = Exclude<keyof GraphLoops, 'walker'>;

/** The loops, whose columns are addresses here. */
type KernelLoops = { readonly [Name in LoopName]: (...args: number[]) => void };

export interface GraphKernel extends KernelLoops {
  useEdges(...addresses: number[]): void;
  useNumbers(numberOf: number, vertex: number, lowest: number, fromLarger: number, levels: number): void;
  useMarks(essential: number, backward: number): void;
  useStacks(way: number, cursors: number): void;
  useOwned(end: number, also: number, isRoot: boolean): void;
  beginWalk(start: number, count: number): void;
  walk(steps: number): number;
  walkCount(): number;
  walkDepth(): number;
}

/** What the kernel asks while it walks. */
export interface GraphKernelHost {
  leavesOut(node: number, edge: number, isForeign: number): boolean;
  noteLongWay(levels: number): void;
}

let instantiate: ReturnType<typeof compileKernel<GraphKernel>> | undefined;

/** A new instance that works in `memory`; null where WebAssembly is not to be had. */
export function loadGraphKernel(memory: KernelMemory, host: GraphKernelHost): GraphKernel | null {
  if (instantiate === undefined) instantiate = compileKernel(KERNEL_BASE64);
  return instantiate?.({ env: { memory: memory.imported }, host }) ?? null;
}
