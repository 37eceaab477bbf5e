/** Random valid heaps against DevTools' engine: every number of every node and class. */
import fc from 'fast-check';
import { expect, it, vi } from 'vitest';
import { verifyHeap } from '../../src/heap/verify-heap';
import { openPlan } from '../support/heap-files';
import { anyHeap } from '../support/heap-random';

const SEED = 20260;

async function expectParity(plan: Parameters<typeof openPlan>[0]): Promise<void> {
  const { differences } = await verifyHeap(await openPlan(plan));
  expect(differences).toEqual([]);
}

it('agrees with DevTools on small random heaps', async () => {
  await fc.assert(fc.asyncProperty(anyHeap(12), expectParity), { seed: SEED, numRuns: 500 });
});

it('agrees with DevTools on larger random heaps', async () => {
  await fc.assert(fc.asyncProperty(anyHeap(120), expectParity), { seed: SEED, numRuns: 60 });
});

it('agrees with DevTools without WebAssembly', async () => {
  vi.stubEnv('HEAPDIFF_KERNEL', 'off');
  vi.resetModules();
  const plain = await import('../support/heap-files.js');
  const check = async (plan: Parameters<typeof openPlan>[0]) => {
    const { differences } = await verifyHeap(await plain.openPlan(plan));
    expect(differences).toEqual([]);
  };
  await fc.assert(fc.asyncProperty(anyHeap(40), check), { seed: SEED, numRuns: 60 });
  vi.unstubAllEnvs();
});
