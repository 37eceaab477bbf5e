'use strict';
class Job {
  constructor(number) {
    this.id = `job${number}`;
    this.spec = { url: `/jobs/${number}`, tags: [`a${number}`, `b${number}`], nested: { by: `user${number}` } };
  }
}
const pending = [];
const done = new Map();
module.exports = {
  load(count) {
    for (let number = 0; number < count; number++) pending.push(new Job(number));
  },
  next() {
    const job = pending.pop();
    if (job) done.set(job.id, job);
  },
};
