'use strict';
const cluster = require('node:cluster');
const { once, EventEmitter } = require('node:events');

/** What a worker has left after its graceful timeout and its exit hook, before it is killed. */
const KILL_MARGIN_MS = 2_000;

/**
 * The workers, oldest first. Forks and retires them; how many there should be is the leader's decision.
 * A member is `starting`, `ready` or `leaving`. Events: `full` (member), `left` (member, how).
 */
class Crew extends EventEmitter {
  #members = new Map();

  /** Every worker that runs, those that leave included. */
  get all() {
    return [...this.#members.values()];
  }

  /** The workers that serve, or will in a moment. */
  get staying() {
    return this.all.filter(({ state }) => state !== 'leaving');
  }

  get ready() {
    return this.all.filter(({ state }) => state === 'ready');
  }

  /** Resolves with the member once it is ready to serve; rejects when it ends before. */
  fork(env) {
    const worker = cluster.fork(env);
    const member = { id: worker.id, pid: worker.process.pid, worker, state: 'starting', full: false };
    this.#members.set(worker.id, member);
    return new Promise((resolve, reject) => {
      worker.on('message', ({ type, bootMs }) => {
        if (type === 'ready' && member.state === 'starting') {
          member.state = 'ready';
          resolve(Object.assign(member, { bootMs }));
        }
        if (type === 'full') {
          member.full = true;
          this.emit('full', member);
        }
        // Messages keep their order: behind this one no connection follows.
        if (type === 'drained') worker.send({ type: 'leave' }, ignoreClosedChannel);
      });
      worker.once('exit', (code, signal) => {
        const how = signal ?? `exit status ${code}`;
        this.#members.delete(member.id);
        reject(new Error(`worker ${member.id} (pid ${member.pid}) ended before it was ready: ${how}`));
        this.emit('left', member, how);
      });
    });
  }

  /** Has a worker finish what it does and leave; kills it when it takes too long. */
  retire(member, reason, { gracefulTimeoutMs, exitTimeoutMs }) {
    if (member.state === 'leaving') return;
    member.state = 'leaving';
    member.worker.send({ type: 'retire', reason }, ignoreClosedChannel);
    const limitMs = gracefulTimeoutMs + exitTimeoutMs + KILL_MARGIN_MS;
    const timer = setTimeout(() => member.worker.process.kill('SIGKILL'), limitMs);
    member.worker.once('exit', () => clearTimeout(timer));
  }

  /** Resolves when the last worker is gone. */
  async empty() {
    while (this.#members.size > 0) await once(this, 'left');
  }
}

/** The worker has ended by itself; its `exit` follows. */
function ignoreClosedChannel() {}

module.exports = { Crew };
