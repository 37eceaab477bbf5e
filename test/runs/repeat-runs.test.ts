/**
 * Two runs of the same kind, and one that leaks: with real processes, once with snapshots and once with profiles alone.
 * `npm run test:runs` does the first 20 times and counts.
 */
import { expect, it } from 'vitest';
import { TEST_NODE } from '../support/node-process';
import { repeat } from './repeat-runs.mjs';

const TIMEOUT_MS = 300_000;

it.each(['snapshot', 'profile'] as const)(
  'in mode %s workers of one kind are the same, and the leak of one run is found',
  async (mode) => {
    const repetition = await repeat({ workers: 3, mode, seed: 1, node: TEST_NODE });
    expect(repetition).toMatchObject({ falseAlarms: [], found: true });
  },
  TIMEOUT_MS,
);
