/**
 * How a depth-first search went on from one node to the next: before it went down to a node, it went so many levels back
 * up. With that the parents of a preorder are found again in a byte per node.
 */
import { allocateU8 } from './allocate';
import { GrowingStack } from './growing-stack';

/** Stands for the next of the long ways. */
const LONG = 255;

export class BackSteps {
  private readonly levels: Uint8Array;
  private readonly long: number[] = [];

  constructor(nodeCount: number) {
    this.levels = allocateU8(nodeCount);
  }

  /** Notes the levels between node `number` and the node numbered before it; in the order of numbers. */
  note(number: number, levels: number): void {
    this.levels[number] = Math.min(levels, LONG);
    if (levels >= LONG) this.long.push(levels);
  }

  /** Writes the parents of the nodes below `end`, by number; the root's own is not touched. */
  readParents(parents: Uint32Array, end: number): void {
    const { levels, long } = this;
    /** From the root to the node numbered before. */
    const path = new GrowingStack();
    path.push(0);
    for (let number = 1, longWays = 0; number < end; number++) {
      const up = levels[number]!;
      path.height -= up < LONG ? up : long[longWays++]!;
      parents[number] = path.top;
      path.push(number);
    }
  }
}
