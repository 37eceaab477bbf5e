'use strict';
/** One worker of the pool. Every worker is a process of its own, so every worker has an agent of its own. */
const agent = require('heapdiff/agent').install({ app: 'jobs', evidence: true });

/** Never emptied, so that there is something to find. */
const done = [];

class Job {
  constructor(input) {
    this.input = input;
    this.words = Array.from({ length: 500 }, (_, at) => `${input}-${at}`);
  }
}

process.on('message', async ({ type, id, input, reason }) => {
  if (type === 'job') {
    const job = new Job(input);
    done.push(job);
    process.send({ id, result: { pid: process.pid, words: job.words.length } });
    // What growth is told by: there is no HTTP request to count here.
    agent.unit('job');
  }
  if (type === 'retire') {
    await agent.leaveEvidence({ reason, timeoutMs: 5_000 });
    process.exit(0);
  }
});

agent.ready();
