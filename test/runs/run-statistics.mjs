/**
 * npm run test:runs [-- REPETITIONS]: how often two runs of the same kind are called different, and how often a leak that
 * one run has is found. Three workers each, real processes, real snapshots. Exit status 1 below what docs/runs.md says.
 */
import { repeat } from './repeat-runs.mjs';

const WORKERS = 3;
const MOST_FALSE_ALARMS = 0.05;

const repetitions = Number(process.argv[2] ?? 20);
const begin = performance.now();
let begun = 0;
let alarms = 0;
let found = 0;

async function repeatOn() {
  while (begun < repetitions) {
    const seed = ++begun;
    const { falseAlarms, found: isFound, summary } = await repeat({ workers: WORKERS, mode: 'snapshot', seed });
    if (falseAlarms.length > 0) alarms++;
    if (isFound) found++;
    const same = falseAlarms.length === 0 ? 'no difference' : `FALSE ALARM: ${falseAlarms.join('; ')}`;
    console.log(`${String(seed).padStart(3)}  same: ${same}\n     leak: ${isFound ? '' : 'MISSED: '}${summary}`);
  }
}

// One compares while the workers of the other run.
await Promise.all([repeatOn(), repeatOn()]);
const seconds = Math.round((performance.now() - begin) / 1000);
console.log(
  `\n${repetitions} repetitions of ${WORKERS} + ${WORKERS} workers in ${seconds} s: ` +
    `${alarms} false alarms between runs of the same kind, the seeded leak found ${found} times.`,
);
process.exitCode = alarms <= repetitions * MOST_FALSE_ALARMS && found === repetitions ? 0 : 1;
