/**
 * Repetitions with real processes: two runs of the same kind, and one that leaks held against one that does not.
 * Each repetition starts workers of its own; two processes at a time, since there are two cores.
 */
import { execFile } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const PROJECT = fileURLToPath(new URL('../..', import.meta.url));
const WORKER = fileURLToPath(new URL('worker.cjs', import.meta.url));
const run = promisify(execFile);

/**
 * @param {{workers: number, mode: 'snapshot' | 'profile', seed: number, node?: string}} plan
 * @returns {Promise<{falseAlarms: string[], found: boolean, summary: string}>}
 */
export async function repeat(plan) {
  const { compareRuns } = await import(path.join(PROJECT, 'dist/index.js'));
  const root = fs.mkdtempSync(path.join(os.tmpdir(), 'heapdiff-runs-'));
  try {
    const [quiet, again, leaky] = await Promise.all(
      ['quiet', 'again', 'leaky'].map((label, at) => startRun(path.join(root, label), label, { ...plan, offset: at })),
    );
    const { comparisons, ...tables } = await compareRuns([quiet, again, leaky]);
    const [same, seeded] = comparisons;
    return {
      falseAlarms: [...(same.different ? [same.summary] : []), ...listMarked(tables, 0)],
      found: seeded.different && namesLeak(tables, seeded),
      summary: seeded.summary,
    };
  } finally {
    fs.rmSync(root, { recursive: true, force: true });
  }
}

/** Starts the workers of one run, one after the other: runs are side by side, as deployments are. */
async function startRun(dir, label, { workers, mode, seed, offset, node = process.execPath }) {
  const { readSession } = await import(path.join(PROJECT, 'dist/index.js'));
  const sessions = [];
  for (let at = 0; at < workers; at++) {
    const options = { dir, mode, runMode: 'preload', leaks: label === 'leaky', seed: seed * 1000 + offset * 100 + at };
    const { stdout } = await turns.take(() => run(node, [WORKER, PROJECT, JSON.stringify(options)]));
    const { folder, ...session } = readSession(stdout.trim());
    sessions.push({ name: folder, ...session });
  }
  return { label, sessions };
}

/** At most two at a time. */
const turns = {
  free: 2,
  waiting: [],
  async take(task) {
    if (this.free === 0) await new Promise((resolve) => this.waiting.push(resolve));
    else this.free--;
    try {
      return await task();
    } finally {
      const next = this.waiting.shift();
      if (next) next();
      else this.free++;
    }
  },
};

/** Everything that a table marks with a star for a run; `at`: of the runs from the second on. */
function listMarked({ constructors, allocationSites, startingHeap }, at) {
  const isMarked = ({ differences }) => differences[at]?.beyondNoise === true;
  return [...constructors, ...startingHeap, ...allocationSites].filter(isMarked).map((row) => row.name ?? row.function);
}

/** By its constructor where there are snapshots; without, by the growth of the heap. */
function namesLeak({ constructors }, { growth }) {
  if (constructors.length === 0) return growth.beyondNoise;
  const first = constructors.find(({ holding, internal }) => !holding && !internal);
  return first.name === 'Session' && first.differences[1].beyondNoise;
}
