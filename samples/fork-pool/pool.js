'use strict';
/**
 * A pool of workers made with child_process.fork(): jobs in, results out. Nothing of node:cluster is involved, but the
 * fork is the same fork and exec: the agent goes into `job-worker.js`, not in here.
 */
const { fork } = require('node:child_process');
const { once } = require('node:events');
const path = require('node:path');

const WORKER = path.join(__dirname, 'job-worker.js');

class Pool {
  #members = [];
  #next = 0;
  #jobs = 0;
  #waiting = new Map();
  #jobsPerWorker;

  /** A worker is recycled after `jobsPerWorker` jobs. */
  constructor({ workers = 2, jobsPerWorker = Number.POSITIVE_INFINITY } = {}) {
    this.#jobsPerWorker = jobsPerWorker;
    for (let made = 0; made < workers; made += 1) this.#members.push(this.#start());
  }

  /** Resolves with the result of the job. */
  run(input) {
    const at = this.#next++ % this.#members.length;
    const member = this.#members[at];
    const id = ++this.#jobs;
    const result = new Promise((resolve, reject) => this.#waiting.set(id, { member, resolve, reject }));
    member.child.send({ type: 'job', id, input });
    member.jobs += 1;
    if (member.jobs >= this.#jobsPerWorker) {
      this.#members[at] = this.#start();
      retire(member, 'jobs-per-worker');
    }
    return result;
  }

  /** Resolves when all workers have finished their jobs and are gone. */
  async close() {
    await Promise.all(this.#members.map((member) => retire(member, 'stop')));
  }

  #start() {
    const member = { child: fork(WORKER), jobs: 0 };
    member.child.on('message', ({ id, result }) => {
      this.#waiting.get(id).resolve(result);
      this.#waiting.delete(id);
    });
    member.child.once('exit', (code, signal) => {
      for (const [id, job] of this.#waiting) {
        if (job.member !== member) continue;
        job.reject(new Error(`worker ${member.child.pid} died: ${signal ?? `exit status ${code}`}`));
        this.#waiting.delete(id);
      }
    });
    return member;
  }
}

/** Messages keep their order: behind the last job comes the end. */
async function retire({ child }, reason) {
  child.send({ type: 'retire', reason });
  await once(child, 'exit');
}

module.exports = { Pool };
