/** Random damage to a small valid snapshot: it opens, or fails with heapdiff's own error. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { HeapdiffError } from '../../src/errors';
import { openHeap } from '../../src/heap/open-heap';
import { createScopeReader } from '../../src/heap/scopes';
import { writeHeapFile } from '../support/heap-files';
import { smallSnapshot } from '../support/heap-small';

const whole = Buffer.from(smallSnapshot());
/** Bytes that mean something in JSON, beside any byte at all. */
const anyByte = fc.oneof(fc.nat(255), fc.constantFrom(...Buffer.from('0129-.,:[]{}"\\ n')));
const anyDamage = fc.array(
  fc.record({ at: fc.nat(whole.length - 1), bytes: fc.array(anyByte, { maxLength: 3 }), removed: fc.nat(3) }),
  { minLength: 1, maxLength: 4 },
);

/** Replaces `removed` bytes at each place by others. */
function damage(steps: readonly { at: number; bytes: readonly number[]; removed: number }[]): Buffer {
  return steps.reduce(
    (text, { at, bytes, removed }) =>
      Buffer.concat([text.subarray(0, at), Uint8Array.from(bytes), text.subarray(at + removed)]),
    whole,
  );
}

/** Opens a file and asks for everything that is computed when asked for. */
async function useHeap(file: string): Promise<void> {
  const heap = await openHeap(file);
  const { classes } = heap.classes;
  expect(heap.groupAsDevTools().classes.length).toBeGreaterThan(0);
  expect(classes.length).toBeGreaterThan(0);
  for (let ordinal = 0; ordinal < heap.graph.nodeCount; ordinal++) createScopeReader(heap).read(ordinal);
}

it('opens or refuses damaged snapshots', async () => {
  let opened = 0;
  let refused = 0;
  const check = async (steps: Parameters<typeof damage>[0]) => {
    try {
      await useHeap(writeHeapFile(damage(steps)));
      opened++;
    } catch (error) {
      if (!(error instanceof HeapdiffError)) throw error;
      refused++;
    }
  };
  await fc.assert(fc.asyncProperty(anyDamage, check), { seed: 11, numRuns: 400 });
  expect(opened, 'some damage is harmless').toBeGreaterThan(20);
  expect(refused).toBeGreaterThan(150);
});
