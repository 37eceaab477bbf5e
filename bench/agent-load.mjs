/**
 * What loading and installing the agent costs: time and memory, each in fresh processes, medians.
 * Usage: node bench/agent-load.mjs [processes]
 */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const PROCESSES = Number(process.argv[2] ?? 21);
const AGENT = fileURLToPath(new URL('../dist/agent/install.js', import.meta.url));

/**
 * Memory is read after a full GC on both sides. What any service has loaded comes first: node:http, a first require.
 * The control is an empty file required in place of the agent's: what the first module costs this Node version.
 */
const PROBE = `
  require('node:http');
  require(process.env.HEAPDIFF_TEST_EMPTY);
  const measure = () => { gc(); gc(); const { rss, heapUsed } = process.memoryUsage(); return { rss, heapUsed }; };
  measure();
  const before = measure();
  const begin = performance.now();
  const { install } = require(process.env.HEAPDIFF_TEST_MODULE);
  const loaded = performance.now();
  const afterLoad = measure();
  const beginInstall = performance.now();
  install?.();
  const installed = performance.now();
  const after = measure();
  console.log(JSON.stringify({
    loadMs: loaded - begin,
    installMs: installed - beginInstall,
    loadHeap: afterLoad.heapUsed - before.heapUsed,
    loadRss: afterLoad.rss - before.rss,
    heap: after.heapUsed - before.heapUsed,
    rss: after.rss - before.rss,
  }));
`;

const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'heapdiff-bench-'));
const [first, second] = ['first.cjs', 'second.cjs'].map((name) => path.join(dir, name));
for (const file of [first, second]) fs.writeFileSync(file, '');
try {
  console.log(`${process.version}, ${PROCESSES} processes each, medians`);
  report('agent', AGENT);
  report('control', second);
} finally {
  fs.rmSync(dir, { recursive: true, force: true });
}

function report(name, module) {
  const runs = Array.from({ length: PROCESSES }, () => probe(module));
  const read = (field) => median(runs.map((run) => run[field]));
  const memory = (heap, rss) =>
    `heap +${(read(heap) / 1024).toFixed(0)} KiB, RSS +${(read(rss) / 1024).toFixed(0)} KiB`;
  console.log(`  ${name.padEnd(8)} load ${read('loadMs').toFixed(2)} ms, ${memory('loadHeap', 'loadRss')}`);
  console.log(`  ${''.padEnd(8)} and install ${read('installMs').toFixed(2)} ms, ${memory('heap', 'rss')}`);
}

function probe(module) {
  const env = {
    ...process.env,
    HEAPDIFF_DIR: dir,
    HEAPDIFF_QUIET: '1',
    HEAPDIFF_TEST_EMPTY: first,
    HEAPDIFF_TEST_MODULE: module,
  };
  const { stdout, stderr } = spawnSync(process.execPath, ['--expose-gc', '-e', PROBE], { env, encoding: 'utf8' });
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout);
}

function median(values) {
  return values.sort((one, other) => one - other)[values.length >> 1];
}
