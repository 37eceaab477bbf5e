/**
 * What compressing a session costs the requests of the worker meanwhile: latency with nothing going on, with heapdiff's
 * process beside it, and, as control, with the same compression inside the worker. In turns; medians over the rounds.
 * Usage: node bench/compress-latency.mjs [rounds] [megabytes]
 */
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const ROUNDS = Number(process.argv[2] ?? 7);
const MEGABYTES = Number(process.argv[3] ?? 64);
const DIST = fileURLToPath(new URL('../dist/agent/', import.meta.url));

/** Answers after a little work and a little of the thread pool, and compresses by itself or not when told to. */
const WORKER = `
  const http = require('node:http'), zlib = require('node:zlib'), fs = require('node:fs'), crypto = require('node:crypto');
  const { compressSession } = require(${JSON.stringify(`${DIST}compress-session.js`)});
  const { pipeline } = require('node:stream/promises');
  const server = http.createServer((request, response) => {
    crypto.pbkdf2('a', 'b', 1000, 32, 'sha256', () => response.end(JSON.stringify(Array.from({ length: 200 }, (_, i) => i))));
  });
  process.on('message', ({ way, folder }) => {
    const file = folder + '/b.heapsnapshot';
    if (way === 'beside') compressSession({ warn: (text) => { throw new Error(text); } }, folder);
    if (way === 'inside') pipeline(fs.createReadStream(file), zlib.createGzip({ level: 1 }), fs.createWriteStream(file + '.gz')).then(() => fs.unlinkSync(file));
  });
  server.listen(0, () => process.send(server.address().port));
`;

const WAYS = { nothing: 'nothing at all', beside: "heapdiff's process", inside: 'inside the worker (control)' };

const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'heapdiff-bench-'));
const worker = spawn(process.execPath, ['-e', WORKER], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
try {
  const port = await new Promise((resolve) => worker.once('message', resolve));
  await measure(port, 500);
  const results = { nothing: [], beside: [], inside: [] };
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const way of Object.keys(WAYS)) results[way].push(await measureWay(port, way, round));
  }
  console.log(`${process.version}, a ${MEGABYTES} MB snapshot, ${ROUNDS} rounds, medians`);
  for (const [way, name] of Object.entries(WAYS)) {
    const read = (field) => median(results[way].map((result) => result[field])).toFixed(1);
    console.log(
      `  ${name.padEnd(28)} p50 ${read('p50').padStart(6)} ms   p99 ${read('p99').padStart(6)} ms   took ${read('seconds')} s`,
    );
  }
} finally {
  worker.kill();
  fs.rmSync(dir, { recursive: true, force: true });
}

/** Measures while the compression runs; with nothing going on, for two seconds. */
async function measureWay(port, way, round) {
  const folder = path.join(dir, `${way}-${round}-1`);
  fs.mkdirSync(path.join(dir, '.agents'), { recursive: true });
  fs.mkdirSync(folder);
  const file = path.join(folder, 'b.heapsnapshot');
  writeSnapshotLike(file);
  const begin = performance.now();
  worker.send({ way, folder });
  const latencies = [];
  const isOver = () => (way === 'nothing' ? performance.now() - begin > 2000 : !fs.existsSync(file));
  while (!isOver()) latencies.push(...(await measure(port, 20)));
  const seconds = (performance.now() - begin) / 1000;
  fs.rmSync(folder, { recursive: true });
  latencies.sort((one, other) => one - other);
  const at = (share) => latencies[Math.floor(latencies.length * share)];
  return { p50: at(0.5), p99: at(0.99), seconds };
}

/** Latencies of so many requests, one after the other, ms. */
async function measure(port, requests) {
  const latencies = [];
  for (let i = 0; i < requests; i += 1) {
    const begin = performance.now();
    await (await fetch(`http://127.0.0.1:${port}/`)).text();
    latencies.push(performance.now() - begin);
  }
  return latencies;
}

/** Rows of numbers, as a snapshot has them; seeded. */
function writeSnapshotLike(file) {
  let seed = 1;
  const next = (below) => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return seed % below;
  };
  const block = Array.from(
    { length: 40_000 },
    (_, i) => `${next(15)},${next(50_000)},${2 * i + 1},${8 * next(20)},${next(9)},0,0`,
  ).join('\n');
  const handle = fs.openSync(file, 'w');
  for (let written = 0; written < MEGABYTES * 1e6; written += block.length) fs.writeSync(handle, block);
  fs.closeSync(handle);
}

function median(values) {
  return values.toSorted((one, other) => one - other)[values.length >> 1];
}
