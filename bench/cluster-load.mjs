/**
 * A cluster of two workers under steady load while one of them is captured: requests that fail, requests that wait, and
 * what the captured worker does per second of CPU inside the window and after it.
 *
 * Every way has controls: the sibling worker of the same run, which is never captured, and the same run without the
 * agent. Throughput goes by CPU time, so that what else runs on the machine counts little; the spread of the runs is printed.
 * Each request has a connection of its own, as behind a proxy that keeps none open.
 * Usage: node bench/cluster-load.mjs [runs per way] [seconds per phase]
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const RUNS = Number(process.argv[2] ?? 5);
const PHASE_MS = Number(process.argv[3] ?? 5) * 1000;
/** Requests under way at any time. */
const CLIENTS = 8;
/** A client that has waited for so long is gone: the request counts as failed. */
const PATIENCE_MS = 1000;
/** Requests of each worker before a phase: code is compiled, and the young generation, which a capture shrinks, grows back. */
const SETTLE_REQUESTS = 8000;
/** Milliseconds between two looks at whether they are done. */
const LOOK = 200;

const SERVICE = fileURLToPath(new URL('./cluster-load/service.cjs', import.meta.url));
const AGENT = fileURLToPath(new URL('../dist/agent/install.js', import.meta.url));
/** The worker that is captured. */
const CAPTURED = 1;

/** What is done to the worker between the phases; `null`: nothing. */
const WAYS = {
  'no agent': { agent: false, open: null, close: null },
  'agent, no signal': { agent: true, open: null, close: null },
  'plain v8.writeHeapSnapshot': { agent: false, open: writeSnapshot, close: writeSnapshot },
  'heapdiff, drained, sampling': {
    agent: true,
    open: sendSignal(/window open/),
    close: sendSignal(/session complete/),
  },
};

const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'heapdiff-bench-'));
try {
  console.log(`${process.version}, ${RUNS} runs per way, ${PHASE_MS / 1000} s per phase, ${CLIENTS} clients`);
  const results = Object.fromEntries(Object.keys(WAYS).map((name) => [name, []]));
  // The ways take turns, so that a slow hour of the machine is everybody's.
  for (let run = 0; run < RUNS; run += 1) {
    for (const [name, way] of Object.entries(WAYS)) results[name].push(await measure(way));
  }
  for (const [name, runs] of Object.entries(results)) report(name, runs, results['no agent']);
} finally {
  fs.rmSync(dir, { recursive: true, force: true });
}

/** One service from start to end: before, inside the window, after. */
async function measure({ agent, open, close }) {
  const env = {
    ...process.env,
    HEAPDIFF_DIR: path.join(dir, 'sessions'),
    HEAPDIFF_TEST_OUT: path.join(dir, 'plain.heapsnapshot'),
    HEAPDIFF_TEST_AGENT: agent ? AGENT : '',
  };
  const service = spawn(process.execPath, [SERVICE], { env, stdio: ['ignore', 'inherit', 'pipe', 'ipc'] });
  const lines = createInterface({ input: service.stderr });
  const { port } = await hear(service, 'up');
  const load = startLoad(port);
  await settle(service);
  const before = await takePhase(service);
  const pid = before[CAPTURED].pid;
  await open?.(service, lines, pid);
  await settle(service);
  const inside = await takePhase(service);
  await close?.(service, lines, pid);
  await settle(service);
  const after = await takePhase(service);
  const { failed, requests, longestMs } = await load.stop();
  service.disconnect();
  await once(service, 'exit');
  fs.rmSync(env.HEAPDIFF_DIR, { recursive: true, force: true });
  fs.rmSync(env.HEAPDIFF_TEST_OUT, { force: true });
  const relate = (phase, worker) => phase[worker].rate / before[worker].rate;
  const sibling = 3 - CAPTURED;
  return {
    ...{ failed, requests, longestMs, rate: before[CAPTURED].rate },
    inside: relate(inside, CAPTURED),
    after: relate(after, CAPTURED),
    siblingInside: relate(inside, sibling),
    siblingAfter: relate(after, sibling),
  };
}

/** Waits until both workers have done enough work for a phase to be like any other. */
async function settle(service) {
  const begin = await readCounters(service);
  for (let done = 0; done < SETTLE_REQUESTS; ) {
    await sleep(LOOK);
    const now = await readCounters(service);
    done = Math.min(...[1, 2].map((id) => now[id].requests - begin[id].requests));
  }
}

/** Requests per second of CPU time of each worker, by its id. */
async function takePhase(service) {
  const begin = await readCounters(service);
  await sleep(PHASE_MS);
  const end = await readCounters(service);
  return Object.fromEntries(
    [1, 2].map((id) => {
      const seconds = (end[id].cpu - begin[id].cpu) / 1e6;
      return [id, { pid: end[id].pid, rate: (end[id].requests - begin[id].requests) / seconds }];
    }),
  );
}

async function readCounters(service) {
  const counters = {};
  const complete = new Promise((resolve) => {
    const collect = (message) => {
      if (message.type === 'measure') counters[message.worker] = message;
      if (!counters[1] || !counters[2]) return;
      service.off('message', collect);
      resolve();
    };
    service.on('message', collect);
  });
  service.send({ type: 'measure' });
  await complete;
  return counters;
}

function hear(service, type) {
  return new Promise((resolve) => {
    const listener = (message) => {
      if (message.type !== type) return;
      service.off('message', listener);
      resolve(message);
    };
    service.on('message', listener);
  });
}

/** As many requests under way as there are clients, until stopped. */
function startLoad(port) {
  const result = { requests: 0, failed: 0, longestMs: 0 };
  let running = true;
  const clients = Array.from({ length: CLIENTS }, async () => {
    while (running) {
      const begin = performance.now();
      if (!(await request(port))) result.failed += 1;
      result.requests += 1;
      result.longestMs = Math.max(result.longestMs, performance.now() - begin);
    }
  });
  return {
    stop: async () => {
      running = false;
      await Promise.all(clients);
      return result;
    },
  };
}

/** Resolves to whether a whole response came in time. */
function request(port) {
  return new Promise((resolve) => {
    const outgoing = http.get({ port, agent: false, timeout: PATIENCE_MS }, (response) => {
      response.resume().on('end', () => resolve(response.statusCode === 200));
      response.on('error', () => resolve(false));
    });
    outgoing.on('timeout', () => outgoing.destroy());
    outgoing.on('error', () => resolve(false));
  });
}

async function writeSnapshot(service) {
  const done = hear(service, 'snapshot');
  service.send({ type: 'snapshot', worker: CAPTURED });
  await done;
}

function sendSignal(line) {
  return async (_, lines, pid) => {
    const said = new Promise((resolve) => lines.on('line', (text) => line.test(text) && resolve()));
    process.kill(pid, 'SIGUSR2');
    await said;
  };
}

function report(name, runs, control) {
  const read = (field) => runs.map((run) => run[field]);
  const sum = (field) => read(field).reduce((total, value) => total + value, 0);
  const idle = median(read('rate')) / median(control.map((run) => run.rate));
  console.log(name);
  console.log(
    `  ${sum('failed')} of ${sum('requests')} requests failed, longest wait ${Math.max(...read('longestMs')).toFixed(0)} ms`,
  );
  console.log(`  requests per CPU second at first, of those without the agent: ${idle.toFixed(3)}`);
  console.log('  later, of those at first            captured              sibling               captured of sibling');
  for (const [title, phase, other] of [
    ['inside the window', 'inside', 'siblingInside'],
    ['after it', 'after', 'siblingAfter'],
  ]) {
    const ratio = runs.map((run) => run[phase] / run[other]);
    console.log(`  ${[title.padEnd(34), ...[read(phase), read(other), ratio].map(describe)].join('  ')}`);
  }
}

/** The median and the range of the runs. */
function describe(values) {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  return `${median(values).toFixed(3)} (${least.toFixed(3)}-${most.toFixed(3)})`;
}

function median(values) {
  return [...values].sort((one, other) => one - other)[values.length >> 1];
}
