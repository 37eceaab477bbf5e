/**
 * Proves that a capture leaves no cost behind: throughput of an allocation-heavy loop before and after, each way in
 * fresh processes, medians. The control is a plain v8.writeHeapSnapshot(), which leaves V8 tracking object moves.
 * Usage: node bench/leave-no-trace.mjs [processes per way]
 */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const PROCESSES = Number(process.argv[2] ?? 5);
const AGENT = fileURLToPath(new URL('../dist/agent/install.js', import.meta.url));

/**
 * `round(ms)`: iterations per second of CPU time, V8's helper threads included: what else runs on the machine takes
 * wall-clock time, not CPU time. A live heap of 200,000 objects, and churn that makes V8 move survivors.
 */
const LOOP = `
  const live = [];
  for (let i = 0; i < 200000; i++) live.push({ id: i, name: 'n' + i });
  let cursor = 0;
  function iterate() {
    const batch = [];
    for (let i = 0; i < 200; i++) batch.push({ id: i, tags: [i, i + 1], name: 'item' + i });
    for (let i = 0; i < 20; i++) { live[cursor] = batch[i]; cursor = (cursor + 1) % live.length; }
    return batch.length;
  }
  function round(ms) {
    let iterations = 0;
    const begin = performance.now();
    const cpu = process.cpuUsage();
    while (performance.now() - begin < ms) { for (let i = 0; i < 20; i++) iterate(); iterations += 20; }
    const { user, system } = process.cpuUsage(cpu);
    return (iterations / (user + system)) * 1e6;
  }
  const turn = () => new Promise((done) => setTimeout(done, 10));
`;

const WAYS = {
  'nothing at all (noise)': 'result.window = round(1500);',
  'plain v8.writeHeapSnapshot (control)': `
    require('node:v8').writeHeapSnapshot(process.env.HEAPDIFF_TEST_OUT);
    result.window = round(1500);`,
  'heapdiff, mode snapshot': session('snapshot'),
  'heapdiff, mode profile': session('profile'),
  'heapdiff, identity': session('snapshot', { identity: true }),
};

const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'heapdiff-bench-'));
try {
  console.log(`${process.version}, ${PROCESSES} processes per way; throughput relative to before, medians`);
  for (const [name, body] of Object.entries(WAYS)) {
    const runs = Array.from({ length: PROCESSES }, () => measure(body));
    const window = median(runs.map((run) => run.window / run.before));
    const after = median(runs.map((run) => run.after / run.before));
    console.log(`  ${name.padEnd(38)} inside the window ${window.toFixed(2)}   after ${after.toFixed(2)}`);
  }
} finally {
  fs.rmSync(dir, { recursive: true, force: true });
}

function session(mode, more = {}) {
  const options = JSON.stringify({ mode, signal: 'none', quiet: true, ...more });
  return `
    const handle = require(${JSON.stringify(AGENT)}).install(${options});
    await handle.start();
    result.window = round(1500);
    await handle.capture();`;
}

/** One process: warm up, before, the way, after. */
function measure(body) {
  const script = `${LOOP}
    (async () => {
      const result = {};
      round(1500);
      result.before = round(2000);
      ${body}
      await turn();
      // A snapshot begins with GCs that shrink the young generation; it grows back within a second or two of work.
      round(2000);
      result.after = round(2000);
      console.log(JSON.stringify(result));
    })();`;
  const env = { ...process.env, HEAPDIFF_DIR: dir, HEAPDIFF_TEST_OUT: path.join(dir, 'plain.heapsnapshot') };
  fs.rmSync(env.HEAPDIFF_TEST_OUT, { force: true });
  const { stdout, stderr } = spawnSync(process.execPath, ['-e', script], { env, encoding: 'utf8' });
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout);
}

function median(values) {
  return values.sort((one, other) => one - other)[values.length >> 1];
}
