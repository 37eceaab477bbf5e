/** What a heap is built with: memory for its columns, and loops over them. */
import { type ColumnMemory, sharedMemory } from '../column-memory';
import { createKernelLoops } from '../kernel/kernel-loops';
import { KernelMemory } from '../kernel/kernel-memory';
import type { GraphLoops } from './graph-loops';
import { plainLoops } from './plain-loops';

export interface Workspace {
  readonly memory: ColumnMemory;
  readonly loops: GraphLoops;
}

export const plainWorkspace: Workspace = { memory: sharedMemory, loops: plainLoops };

/** Address space that a heap's columns, those of the steps and tables take, with room for ids of 2^32 and more. */
const BYTES_PER_NODE = 100;
const BYTES_PER_EDGE = 12;
const BYTES_BESIDE = 1 << 25;

/** The kernel and its memory, for about so many nodes and edges; plain TypeScript where there is none. */
export function createWorkspace(nodeCount: number, edgeCount: number): Workspace {
  const memory = KernelMemory.create(nodeCount * BYTES_PER_NODE + edgeCount * BYTES_PER_EDGE + BYTES_BESIDE);
  const loops = memory && createKernelLoops(memory);
  return loops ? { memory, loops } : plainWorkspace;
}
