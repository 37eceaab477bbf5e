import { describe, expect, it } from 'vitest';
import { BackSteps } from '../../src/heap/back-steps';
import { sharedMemory } from '../../src/heap/column-memory';
import { ColumnPool } from '../../src/heap/column-pool';
import { plainLoops } from '../../src/heap/loops/plain-loops';

/** Notes the tree whose nodes have these parents, numbered in preorder, and reads it back. */
function readBack(parents: readonly number[]): number[] {
  const steps = new BackSteps(new Uint8Array(parents.length));
  const depths = [0];
  parents.forEach((parent, number) => {
    if (number > 0) depths[number] = depths[parent]! + 1;
    steps.note(number, number === 0 ? 0 : depths[number - 1]! - depths[parent]!);
  });
  const read = new Uint32Array(parents.length);
  const scratch = new ColumnPool(parents.length, sharedMemory);
  steps.readParents({ loops: plainLoops, memory: sharedMemory, scratch }, read, parents.length);
  return [...read];
}

describe('parents of a preorder', () => {
  it('are found again', () => {
    const tree = [0, 0, 1, 2, 2, 1, 0, 6, 6, 8];
    expect(readBack(tree)).toEqual(tree);
  });

  it('are found at the end of a long way back, several times', () => {
    const list = (length: number, from: number) => Array.from({ length }, (_, i) => (i === 0 ? 0 : from + i - 1));
    const tree = [0, ...list(255, 1), ...list(256, 256), ...list(70_000, 512), 0, 70_512, 70_512];
    expect(readBack(tree)).toEqual(tree);
  });
});
