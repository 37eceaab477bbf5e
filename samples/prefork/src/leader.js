'use strict';
const cluster = require('node:cluster');
const { setTimeout: delay } = require('node:timers/promises');
const { Crew } = require('./crew');
const { log, logError } = require('./log');
const { prepareWorkers } = require('./preload');
const { listenToSignals } = require('./signals');

/** Exit status when no worker can be started, as gunicorn has it. */
const BOOT_ERROR = 3;
/** Before a worker that could not start is tried again, so that a broken release does not keep the machine busy. */
const RETRY_MS = 1_000;

/** Keeps as many workers running as there should be, and renews them without losing a request. */
class Leader {
  #loadConfig;
  #config;
  #forkEnv;
  #crew = new Crew();
  /** How many workers there should be. */
  #target = 0;
  #stopping = false;
  #refreshTimer = null;
  /** Renewals run one after the other. */
  #lastRenewal = Promise.resolve();

  constructor(loadConfig) {
    this.#loadConfig = loadConfig;
    this.#crew.on('full', () => this.#manage('max-requests'));
    this.#crew.on('left', (member, how) => this.#takeNote(member, how));
  }

  /** The workers that serve, as `{ id, pid }`. */
  get workers() {
    return this.#crew.ready;
  }

  async start() {
    const config = this.#loadConfig();
    await config.onStarting();
    await this.#adopt(config);
    cluster.once('listening', (_worker, { port }) => log(`listening on http://${config.host}:${port}`));
    this.#manage('start');
  }

  /** HUP: the config file anew, then every worker, the new ones ready before the old ones leave. */
  async reload() {
    try {
      await this.#adopt(this.#loadConfig());
    } catch (error) {
      logError(`not reloaded, all goes on as before: ${error.message}`);
      return;
    }
    await this.renew('reload');
  }

  /** TTIN and TTOU: one more, one less. The last one stays. */
  resize(by) {
    this.#target = Math.max(1, this.#target + by);
    log(`workers wanted: ${this.#target}`);
    this.#manage('resize');
  }

  /** Renews the workers of this moment, a batch at a time. */
  renew(reason) {
    this.#lastRenewal = this.#lastRenewal.then(() => this.#renewInBatches(reason));
    return this.#lastRenewal;
  }

  /** TERM: every worker finishes what it does. QUIT and INT, `quick`: nobody waits. */
  async stop({ quick }) {
    this.#stopping = true;
    clearInterval(this.#refreshTimer);
    log(quick ? 'stopping at once' : 'stopping');
    for (const member of this.#crew.all) {
      if (quick) member.worker.process.kill('SIGQUIT');
      else this.#crew.retire(member, 'stop', this.#config);
    }
    await this.#crew.empty();
    log('stopped');
    process.exit();
  }

  /** Prepares what workers are to start from now on. Throws without having changed anything. */
  async #adopt(config) {
    const { execArgv, env } = await prepareWorkers(config);
    cluster.setupPrimary({ execArgv: [...process.execArgv, ...execArgv] });
    this.#forkEnv = env;
    this.#config = config;
    this.#target = config.workers;
    clearInterval(this.#refreshTimer);
    if (config.refresh.everyMs > 0)
      this.#refreshTimer = setInterval(() => this.renew('refresh'), config.refresh.everyMs);
  }

  /** Brings the number of workers to the target. A surplus leaves only once enough others are ready. */
  #manage(reason) {
    if (this.#stopping) return;
    const lasting = this.#crew.staying.filter(({ full }) => !full);
    let missing = this.#target - lasting.length;
    for (; missing > 0 && !this.#stopping; missing -= 1) this.#hire(reason);
    const { ready } = this.#crew;
    const surplus = Math.max(0, ready.length - this.#target);
    const fullFirst = ready.toSorted((one, other) => Number(other.full) - Number(one.full));
    for (const member of fullFirst.slice(0, surplus)) {
      this.#crew.retire(member, member.full ? 'max-requests' : reason, this.#config);
    }
  }

  /** Forks one worker. Resolves to whether it got ready, after which the surplus has been told to leave. */
  async #hire(reason) {
    try {
      this.#config.preFork();
      const { id, pid, bootMs } = await this.#crew.fork(this.#forkEnv);
      log(`worker ${id} (pid ${pid}) is ready after ${bootMs} ms`);
      this.#manage(reason);
      return true;
    } catch (error) {
      if (this.#stopping) return false;
      logError(error.message);
      if (this.#crew.ready.length === 0) await this.#giveUp();
      setTimeout(() => this.#manage(reason), RETRY_MS);
      return false;
    }
  }

  async #renewInBatches(reason) {
    const { batchSize, intervalMs } = this.#config.refresh;
    const old = new Set(this.#crew.staying);
    const countLeft = () => this.#crew.staying.filter((member) => old.has(member)).length;
    log(`${reason}: renewing ${old.size} workers, ${batchSize} at a time`);
    while (countLeft() > 0 && !this.#stopping) {
      const batch = Array.from({ length: Math.min(batchSize, countLeft()) }, () => this.#hire(reason));
      if ((await Promise.all(batch)).includes(false)) {
        logError(`${reason}: given up, ${countLeft()} old workers stay`);
        return;
      }
      if (countLeft() > 0) await delay(intervalMs);
    }
    log(`${reason}: done`);
  }

  #takeNote({ id, pid, state }, how) {
    log(`worker ${id} (pid ${pid}) has left: ${how}`);
    if (state === 'ready') this.#manage('replacement');
  }

  async #giveUp() {
    this.#stopping = true;
    for (const { worker } of this.#crew.all) worker.process.kill('SIGKILL');
    await this.#crew.empty();
    process.exit(BOOT_ERROR);
  }
}

/** Makes this process the leader. */
async function startLeader(loadConfig) {
  try {
    const leader = new Leader(loadConfig);
    listenToSignals(leader);
    await leader.start();
  } catch (error) {
    logError(`cannot start: ${error.message}`);
    process.exit(BOOT_ERROR);
  }
}

module.exports = { startLeader };
