'use strict';
const cluster = require('node:cluster');
const http = require('node:http');
const { Gate } = require('./gate');
const { logError } = require('./log');
const { loadApplication } = require('./preload');
const { drawRequestLimit } = require('./request-limit');

/** Makes this process a worker: hook, application, server, hook; then it serves until it is told to leave. */
async function startWorker(config) {
  const worker = { id: cluster.worker.id, pid: process.pid };
  const server = http.createServer();
  const gate = new Gate(server);
  listenToLeader({ worker, gate, config });
  try {
    await config.postFork(worker);
    const application = loadApplication(config);
    server.on('request', application.answer);
    await listen(server, config);
    announceWhenFull(server, drawRequestLimit(config));
    await config.workerReady(worker);
  } catch (error) {
    logError(`worker ${worker.id} cannot start: ${error.stack}`);
    process.exit(1);
  }
  process.send({ type: 'ready', bootMs: Math.round(process.uptime() * 1_000) });
}

function listenToLeader({ worker, gate, config }) {
  let leaving = false;
  const retire = async (reason) => {
    if (leaving) return;
    leaving = true;
    await gate.close(config.gracefulTimeoutMs);
    // The leader answers when it has taken this worker off its list: nothing can be under way to it any more.
    process.send({ type: 'drained' });
    await waitForMessage('leave');
    await runExitHook(config, worker, reason);
    process.exit(0);
  };
  process.on('message', ({ type, reason }) => type === 'retire' && retire(reason));
  // For whoever signals a worker instead of the leader. A terminal sends INT to all of them, so the leader decides.
  process.on('SIGTERM', () => retire('signal'));
  process.on('SIGINT', () => {});
  process.on('SIGQUIT', () => process.exit(0));
}

/** `workerExit`, for no longer than it was given: a worker that should leave must not stay because of it. */
async function runExitHook(config, worker, reason) {
  const { promise: late, timer } = startTimer(config.exitTimeoutMs);
  try {
    await Promise.race([config.workerExit(worker, reason), late]);
  } catch (error) {
    logError(`worker ${worker.id}: workerExit failed: ${error.stack}`);
  }
  clearTimeout(timer);
}

function startTimer(ms) {
  let timer;
  const promise = new Promise((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  return { promise, timer };
}

function listen(server, { port, host }) {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
}

/** Tells the leader once when `limit` requests have been answered. It goes on serving until its successor is ready. */
function announceWhenFull(server, limit) {
  let answered = 0;
  server.on('request', (_request, response) => {
    response.once('close', () => {
      answered += 1;
      if (answered === limit) process.send({ type: 'full' });
    });
  });
}

function waitForMessage(wanted) {
  return new Promise((resolve) => {
    process.on('message', ({ type }) => type === wanted && resolve());
  });
}

module.exports = { startWorker };
