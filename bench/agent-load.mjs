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

/** Memory is read after a full GC on both sides. What any service has loaded comes first: node:http, a first require. */
const PROBE = `
  require('node:http');
  require(process.env.HEAPDIFF_TEST_EMPTY);
  const measure = () => { gc(); gc(); const { rss, heapUsed } = process.memoryUsage(); return { rss, heapUsed }; };
  const before = measure();
  const begin = performance.now();
  const { install } = require(${JSON.stringify(AGENT)});
  const loaded = performance.now();
  install();
  const installed = performance.now();
  const after = measure();
  console.log(JSON.stringify({
    loadMs: loaded - begin,
    installMs: installed - loaded,
    heapBytes: after.heapUsed - before.heapUsed,
    rssBytes: after.rss - before.rss,
  }));
`;

const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'heapdiff-bench-'));
try {
  const runs = Array.from({ length: PROCESSES }, () => probe(dir));
  const node = process.version;
  console.log(
    `${node}: load ${median(runs, 'loadMs').toFixed(2)} ms, install ${median(runs, 'installMs').toFixed(2)} ms`,
  );
  const kilobytes = (name) => (median(runs, name) / 1024).toFixed(0);
  console.log(
    `${node}: heap +${kilobytes('heapBytes')} KiB, RSS +${kilobytes('rssBytes')} KiB (both, loaded and installed)`,
  );
} finally {
  fs.rmSync(dir, { recursive: true, force: true });
}

function probe(folder) {
  const env = {
    ...process.env,
    HEAPDIFF_DIR: folder,
    HEAPDIFF_QUIET: '1',
    HEAPDIFF_TEST_EMPTY: path.join(folder, 'empty.cjs'),
  };
  fs.writeFileSync(env.HEAPDIFF_TEST_EMPTY, '');
  const { stdout, stderr } = spawnSync(process.execPath, ['--expose-gc', '-e', PROBE], { env, encoding: 'utf8' });
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout);
}

function median(runs, name) {
  const values = runs.map((run) => run[name]).sort((one, other) => one - other);
  return values[values.length >> 1];
}
