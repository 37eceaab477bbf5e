/** What a heap is built with: memory for its columns, and loops over them. */
import { type ColumnMemory, sharedMemory } from '../column-memory';
import { createKernelLoops } from '../kernel/kernel-loops';
import { KernelMemory, type LentMemory } from '../kernel/kernel-memory';
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

/** What another thread needs for columns of its own: marks of nodes, and lists of some thousands. */
const LENT_BYTES = 1 << 22;

/** A part of a heap's memory for a thread that is to work on the heap as well; null where there is no kernel. */
export function lendMemory({ memory }: Workspace, nodeCount: number): LentMemory | null {
  return memory instanceof KernelMemory ? memory.lend(LENT_BYTES + nodeCount) : null;
}

/** The kernel over a heap of another thread. */
export function borrowWorkspace(lent: LentMemory | null): Workspace {
  const memory = lent && KernelMemory.of(lent);
  const loops = memory && createKernelLoops(memory);
  return loops ? { memory, loops } : plainWorkspace;
}

/** The kernel and its memory, for about so many nodes and edges; plain TypeScript where there is none. */
export function createWorkspace(nodeCount: number, edgeCount: number): Workspace {
  const memory = KernelMemory.create(nodeCount * BYTES_PER_NODE + edgeCount * BYTES_PER_EDGE + BYTES_BESIDE);
  const loops = memory && createKernelLoops(memory);
  return loops ? { memory, loops } : plainWorkspace;
}
