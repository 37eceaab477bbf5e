/**
 * How a depth-first search went on from one node to the next: before it went down to a node, it went so many levels back
 * up. With that the parents of a preorder are found again in a byte per node.
 */
import type { Graph } from './graph';
import { LONG } from './loops/codes';
import type { BackStepNotes } from './loops/walk';

export class BackSteps implements BackStepNotes {
  readonly long: number[] = [];

  /** `levels` has a byte per node. */
  constructor(readonly levels: Uint8Array) {}

  note(number: number, levels: number): void {
    this.levels[number] = Math.min(levels, LONG);
    if (levels >= LONG) this.long.push(levels);
  }

  /** Writes the parents of the nodes below `end`, by number; the root's own is not touched. */
  readParents(
    { loops, memory, scratch }: Pick<Graph, 'loops' | 'memory' | 'scratch'>,
    parents: Uint32Array,
    end: number,
  ): void {
    const long = memory.u32(this.long.length);
    long.set(this.long);
    const path = scratch.takeStack();
    loops.readParents(this.levels, long, path, parents, 1, end);
    scratch.giveBackStack(path);
  }
}
