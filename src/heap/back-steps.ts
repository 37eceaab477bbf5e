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

  /** Finds the parents of 1, 2, 3 ... in turn: each call returns the next. */
  readParents(): ParentReader {
    return new ParentReader(this.levels, this.long);
  }
}

class ParentReader {
  /** From the root to the number whose parent was found last. */
  private readonly path = new GrowingStack();
  private number = 0;
  private longWays = 0;

  constructor(
    private readonly levels: Uint8Array,
    private readonly long: readonly number[],
  ) {
    this.path.push(0);
  }

  next(): number {
    const up = this.levels[++this.number]!;
    this.path.height -= up < LONG ? up : this.long[this.longWays++]!;
    const parent = this.path.top;
    this.path.push(this.number);
    return parent;
  }
}
