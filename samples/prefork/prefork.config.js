'use strict';
/** The settings of the service and its hooks: where the agent goes in. Read again at SIGHUP. */
const agent = require('heapdiff/agent');
const { buildTariffs } = require('./app/build');

const { PORT, WORKERS, PRELOAD, PRE_FORK_GUARD, MAX_REQUESTS, MAX_REQUESTS_JITTER, REFRESH_MS, EVIDENCE } = process.env;

/** The agent of this worker. */
let handle;

/** The guard of the leader: one for the process, however often this file is read. */
const getGuard = () => agent.guardPreFork({ preForkGuard: PRE_FORK_GUARD ?? 'warn' });

module.exports = {
  port: Number(PORT ?? 3000),
  workers: Number(WORKERS ?? 2),
  /** off, require, import, snapshot or compile-cache: ../../docs/preload.md says what each of them does. */
  preload: PRELOAD ?? 'off',
  /** A worker is renewed after so many requests, 0: never; with up to `maxRequestsJitter` more, drawn for each. */
  maxRequests: Number(MAX_REQUESTS ?? 0),
  maxRequestsJitter: Number(MAX_REQUESTS_JITTER ?? 0),
  /** All workers are renewed every so often, 0: never, `batchSize` at a time, with a pause between batches. */
  refresh: { everyMs: Number(REFRESH_MS ?? 0), batchSize: 1, intervalMs: 1_000 },
  /** What a worker may take to finish its requests, and then to run `workerExit`. */
  gracefulTimeoutMs: 30_000,
  exitTimeoutMs: 10_000,

  /** In the leader, before the application is loaded anywhere. */
  onStarting() {
    getGuard();
    buildTariffs();
  },

  /** In the leader, before each fork: what is open now was opened by the application when it was preloaded. */
  preFork() {
    getGuard().check();
  },

  /** In a worker, before its application is loaded: fork() is fork and exec, so nothing of the leader's agent is here. */
  postFork() {
    handle = agent.install({ app: 'parcels', evidence: EVIDENCE !== 'off' });
  },

  /** In a worker that listens. */
  async workerReady() {
    await handle.ready();
  },

  /** In a worker that has answered its last request. Recycling hides leaks: what it knows is written down first. */
  async workerExit(_worker, reason) {
    await handle.leaveEvidence({ reason, timeoutMs: 5_000 });
  },
};
