// heapdiff and DevTools' engine on one pair of snapshots, as whole processes, in turn.
//
//   node bench/engines.mjs [--mb 100] [--runs 3] [--keep]
//
// Prints medians of wall-clock time, CPU time and peak RSS, and the ratios; checks that both find the same growth.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: {
    mb: { type: 'string', default: '100' },
    runs: { type: 'string', default: '3' },
    keep: { type: 'boolean', default: false },
  },
});
const at = (name) => fileURLToPath(new URL(name, import.meta.url));
const work = mkdtempSync(path.join(os.tmpdir(), 'heapdiff-bench-'));
const pair = [path.join(work, 'a.heapsnapshot'), path.join(work, 'b.heapsnapshot')];

/** Runs one command; its wall-clock seconds, CPU seconds, peak RSS in MB, and output. */
function measure(argv) {
  const usage = path.join(work, 'usage.json');
  const started = performance.now();
  const run = spawnSync(
    process.execPath,
    ['--max-old-space-size=12000', '--require', at('report-usage.cjs'), ...argv],
    {
      encoding: 'utf8',
      env: { ...process.env, BENCH_USAGE: usage },
      maxBuffer: 1 << 28,
    },
  );
  const wall = (performance.now() - started) / 1000;
  if (run.status !== 0) throw new Error(`${argv[0]} ended with ${run.status}: ${run.stderr}`);
  const { maxRSS, cpu } = JSON.parse(readFileSync(usage, 'utf8'));
  return { wall, cpu: cpu / 1e6, rss: maxRSS / 1024, output: run.stdout };
}

const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];

execFileSync(process.execPath, ['--max-old-space-size=12000', at('write-pair.mjs'), work, values.mb]);
const engines = {
  heapdiff: [at('../dist/cli/main.js'), ...pair, '--json'],
  'heap-snapshot-toolkit': [at('toolkit-diff.mjs'), ...pair],
};
const runs = { heapdiff: [], 'heap-snapshot-toolkit': [] };
for (let run = 0; run < Number(values.runs); run++) {
  for (const [name, argv] of Object.entries(engines)) runs[name].push(measure(argv));
}

const report = JSON.parse(runs.heapdiff[0].output);
const ours = report.constructors.filter(({ name }) => name === 'Session').reduce((sum, row) => sum + row.countDelta, 0);
const theirs = Number(/^Session (\d+)/m.exec(runs['heap-snapshot-toolkit'][0].output)?.[1]);
if (ours !== theirs) throw new Error(`Session grew by ${ours} for heapdiff, by ${theirs} for DevTools' engine`);

const sizes = pair.map((file) => `${Math.round(statSync(file).size / 1e6)} MB`).join(' + ');
console.log(`${sizes}, ${report.after.nodes} nodes, median of ${values.runs} runs in turn, Node ${process.version}`);
const rows = Object.entries(runs).map(([engine, all]) => ({
  engine,
  'wall s': median(all.map(({ wall }) => wall)),
  'cpu s': median(all.map(({ cpu }) => cpu)),
  'peak MB': median(all.map(({ rss }) => rss)),
}));
const [mine, peer] = rows;
for (const row of rows) {
  console.log(
    row.engine.padEnd(24),
    ...['wall s', 'cpu s', 'peak MB'].map((key) => `${row[key].toFixed(key === 'peak MB' ? 0 : 2).padStart(8)} ${key}`),
  );
}
console.log(
  'ratio'.padEnd(24),
  `${(peer['wall s'] / mine['wall s']).toFixed(1)}x faster, ${(mine['peak MB'] / peer['peak MB']).toFixed(2)} of the memory`,
);
if (!values.keep) rmSync(work, { recursive: true, force: true });
