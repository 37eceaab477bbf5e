'use strict';
/**
 * One application, every mode of preloading, the same load, real signals, and one comparison of what workers cost.
 * `npm run demo:preload` runs it; `npm run demo:preload -- --keep` keeps the sessions, to look at them afterwards.
 */
const { spawn } = require('node:child_process');
const { once } = require('node:events');
const fs = require('node:fs');
const { enableCompileCache } = require('node:module');
const os = require('node:os');
const path = require('node:path');
const { Load } = require('./demo/load');
const { Service } = require('./demo/service');

const CLI = path.join(__dirname, '..', '..', 'dist', 'cli', 'main.js');
const MODES = ['off', 'require', 'import', 'snapshot', 'compile-cache'];
const WORKERS = 2;
/** node:cluster deals connections out in turn: two for each worker. */
const CLIENTS = 4;
/** Fills the caches and gets hot code compiled, so that the window shows what grows and nothing else. */
const WARM_UP_REQUESTS = 6_000;
const WINDOW_REQUESTS = 12_000;
const RECYCLING = { MAX_REQUESTS: '1500', MAX_REQUESTS_JITTER: '500' };
const RECYCLED_WORKERS = 8;
const REFRESHES = 2;

const keepSessions = process.argv.includes('--keep');
const sessions = fs.mkdtempSync(path.join(os.tmpdir(), 'heapdiff-preload-'));
let service;

async function runDemo() {
  const modes = MODES.filter((mode) => mode !== 'compile-cache' || enableCompileCache);
  for (const mode of modes) await runMode(mode);
  if (!enableCompileCache) say(`compile-cache: left out, Node ${process.version} has none; it came with 22.1.`);

  await recycleUnderLoad();
  await refreshUnderLoad();

  const runs = modes.map((mode) => `${mode}=${path.join(sessions, mode)}`);
  say(`heapdiff runs ${runs.join(' ')}`);
  await printReport(['runs', ...runs]);
}

/** One session of each worker, opened and closed by signals, with the same requests in between. */
async function runMode(mode) {
  say(`PRELOAD=${mode} node samples/prefork/src/main.js`);
  start({ PRELOAD: mode, EVIDENCE: 'off', HEAPDIFF_DIR: path.join(sessions, mode) });
  const { url, workers } = await service.waitUntilReady(WORKERS);
  for (const { pid, bootMs } of workers) tell(`worker ${pid} is ready after ${bootMs} ms`);
  const pids = workers.map(({ pid }) => pid);
  await send(url, WARM_UP_REQUESTS);
  await signalAll(pids, /: window open/);
  await send(url, WINDOW_REQUESTS);
  await signalAll(pids, /: session complete/);
  await service.stop();
}

/** Types `kill -USR2` for each worker and waits until each has done what that asks for. */
async function signalAll(pids, done) {
  tell(`kill -USR2 ${pids.join(' ')}`);
  for (const pid of pids) process.kill(pid, 'SIGUSR2');
  await service.waitFor(done, pids.length);
}

async function send(url, requests) {
  const load = new Load(url, { clients: CLIENTS, requests });
  await load.finish();
  if (load.failures.length > 0) throw new Error(`${load.failures.length} requests failed: ${load.failures[0]}`);
}

/** Requests keep coming while workers are recycled after maxRequests. */
async function recycleUnderLoad() {
  say('Workers are recycled after 1,500 to 2,000 requests, under load.');
  await runUnderLoad(RECYCLING, async () => {
    await service.waitFor(/recycled \(max-requests\), evidence left/, RECYCLED_WORKERS);
  });
}

/** Requests keep coming while all workers are renewed, the new ones ready before the old ones leave. */
async function refreshUnderLoad() {
  say('All workers are renewed, one after the other, under load.');
  await runUnderLoad({}, async () => {
    for (let nth = 1; nth <= REFRESHES; nth += 1) {
      tell(`kill -HUP ${service.pid}`);
      service.signal('SIGHUP');
      await service.waitFor(/reload: done/, nth);
    }
  });
}

async function runUnderLoad(env, renew) {
  start({ ...env, HEAPDIFF_DIR: path.join(sessions, 'recycled') });
  const { url } = await service.waitUntilReady(WORKERS);
  const load = new Load(url, { clients: 2 * CLIENTS });
  await renew();
  await load.stop();
  await service.stop();
  const left = service.matching(/recycled \((max-requests|reload)\), evidence left/).length;
  tell(`${left} workers left, each with its evidence`);
  tell(`${load.answered.toLocaleString('en')} requests answered, ${load.failures.length} failed`);
  if (load.failures.length > 0) throw new Error(load.failures[0]);
}

function start(env) {
  service = new Service({ WORKERS: String(WORKERS), ...env });
}

/** Runs the command line as a user would, on this terminal. */
async function printReport(args) {
  const cli = spawn(process.execPath, [CLI, ...args], { stdio: 'inherit' });
  const [status, killedBy] = await once(cli, 'exit');
  if (status !== 0) throw new Error(`heapdiff ended with ${killedBy ?? `exit status ${status}`}`);
}

function say(text) {
  console.log(`\n> ${text}`);
}

function tell(text) {
  console.log(`  ${text}`);
}

function removeSessions() {
  if (keepSessions) say(`Kept: ${sessions}`);
  else fs.rmSync(sessions, { recursive: true, force: true });
}

for (const name of ['SIGINT', 'SIGTERM']) {
  process.once(name, () => {
    service?.kill();
    removeSessions();
    process.exit(128 + os.constants.signals[name]);
  });
}

runDemo()
  .catch((error) => {
    console.error(`\nThe demo failed: ${error.message}. What the service printed last:\n${service?.tail}`);
    process.exitCode = 1;
    service?.kill();
  })
  .finally(removeSessions);
