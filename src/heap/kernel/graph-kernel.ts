/** Instantiates the graph kernel; what its functions do is said in assembly/graph.ts and the files behind it. */
import { compileKernel } from './compile-kernel';
import { KERNEL_BASE64 } from './graph-wasm';
import type { KernelMemory } from './kernel-memory';

/** Columns are addresses; the last two are the loop's `from` and `end`. */
type Loop = (...args: number[]) => void;

export interface GraphKernel {
  useEdges(first: number, to: number, label: number, kinds: number): void;
  useNumbers(numberOf: number, vertex: number, lowest: number, fromLarger: number, levels: number): void;
  useMarks(essential: number, backward: number): void;
  useStacks(way: number, cursors: number): void;
  useOwned(end: number, also: number, isRoot: boolean): void;
  beginWalk(start: number, count: number): void;
  walk(steps: number): number;
  walkCount(): number;
  walkDepth(): number;
  readonly sumCounts: Loop;
  readonly divideExactly: Loop;
  readonly readParents: Loop;
  readonly sumRows: Loop;
  readonly collectPredecessors: Loop;
  readonly findSemidominators: Loop;
  readonly findDominators: Loop;
  readonly sumSubtrees: Loop;
  readonly placeVertices: Loop;
  readonly nameDominators: Loop;
  readonly sumRetained: Loop;
  readonly markOwnable: Loop;
  readonly findOwned: Loop;
  readonly moveSizes: Loop;
  readonly markIds: Loop;
  readonly listNames: Loop;
  readonly nameNodes: Loop;
  readonly listSpecial: Loop;
  readonly translate: Loop;
  readonly sumShallow: Loop;
  readonly sumTopmost: Loop;
}

/** What the kernel asks while it walks. */
export interface GraphKernelHost {
  leavesOut(node: number, edge: number, isForeign: number): boolean;
  noteLongWay(levels: number): void;
}

let instantiate: ((imports: object) => GraphKernel) | null | undefined;

/** A new instance that works in `memory`; null where WebAssembly is not to be had. */
export function loadGraphKernel(memory: KernelMemory, host: GraphKernelHost): GraphKernel | null {
  if (instantiate === undefined) instantiate = compileKernel(KERNEL_BASE64);
  return instantiate?.({ env: { memory: memory.imported }, host }) ?? null;
}
