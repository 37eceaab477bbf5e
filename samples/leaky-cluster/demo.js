'use strict';
/**
 * The main job of heapdiff on the sample service, for real: two signals to one worker under load, one report.
 * `npm run demo` runs it; `npm run demo -- --keep` keeps the session folder, to look at it afterwards.
 */
const { spawn } = require('node:child_process');
const { once } = require('node:events');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { closeShops, openShops, sendOrders } = require('./demo/load');
const { Service } = require('./demo/service');

const CLI = path.join(__dirname, '..', '..', 'dist', 'cli', 'main.js');
const WORKERS = 2;
const SHOPS_PER_WORKER = 4;
/** Per shop: fills the caches and gets hot code compiled, so that the window shows what grows and nothing else. */
const WARM_UP_REQUESTS = 500;
/** Per shop: enough for V8 to collect the whole heap some times, which is what tells a leak from a cache that fills. */
const WINDOW_REQUESTS = 6_000;

const keepSessions = process.argv.includes('--keep');
const sessions = fs.mkdtempSync(path.join(os.tmpdir(), 'heapdiff-demo-'));
const service = new Service({ sessions, workers: WORKERS });

async function runDemo() {
  say(`Starting a quote service on node:cluster with ${WORKERS} workers.`);
  const workers = await service.waitUntilReady(WORKERS);
  for (const { id, pid, url } of workers) tell(`worker ${id}, pid ${pid}, listens on ${url}`);
  const [suspect] = workers;
  relayAgent(suspect.pid);

  const shops = await openShops({ url: suspect.url, workers, shopsPerWorker: SHOPS_PER_WORKER });
  try {
    say(`Warming up: ${describeLoad(WARM_UP_REQUESTS)}.`);
    await sendOrders(shops, WARM_UP_REQUESTS);

    await signal(suspect.pid, 'window open');

    say(`Traffic: ${describeLoad(WINDOW_REQUESTS)}.`);
    await sendOrders(shops, WINDOW_REQUESTS);

    await signal(suspect.pid, 'session complete');
  } finally {
    closeShops(shops);
  }

  // The folder's name is the agent's contract: <app>-<pid>-<number of the session>.
  const session = path.join(sessions, `quotes-${suspect.pid}-1`);
  await service.stop();
  say(`heapdiff ${session}`);
  await printReport(session);
}

/** Types `kill -USR2` and waits until the agent says that it has done what that asks for. */
async function signal(pid, outcome) {
  say(`kill -USR2 ${pid}`);
  const done = service.waitForLine(`"${outcome}"`, (line) => line.startsWith(`heapdiff: pid ${pid}: ${outcome}`));
  process.kill(pid, 'SIGUSR2');
  await done;
}

/** Shows what the agent in one worker prints. */
function relayAgent(pid) {
  service.onLine((line) => line.startsWith(`heapdiff: pid ${pid}:`) && tell(line));
}

/** Runs the command line as a user would, on this terminal. */
async function printReport(session) {
  const cli = spawn(process.execPath, [CLI, session], { stdio: 'inherit' });
  const [status, killedBy] = await once(cli, 'exit');
  if (status !== 0) throw new Error(`heapdiff ended with ${killedBy ?? `exit status ${status}`}`);
}

function describeLoad(requestsPerShop) {
  const each = requestsPerShop * SHOPS_PER_WORKER;
  return `${each.toLocaleString('en')} requests to each worker, over ${SHOPS_PER_WORKER} connections`;
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

function stopAtOnce(signalName) {
  service.kill();
  removeSessions();
  process.exit(128 + os.constants.signals[signalName]);
}

process.once('SIGINT', stopAtOnce);
process.once('SIGTERM', stopAtOnce);

runDemo()
  .catch((error) => {
    console.error(`\nThe demo failed: ${error.message}. What the service printed last:\n${service.tail}`);
    process.exitCode = 1;
  })
  .finally(async () => {
    await service.stop();
    removeSessions();
  });
