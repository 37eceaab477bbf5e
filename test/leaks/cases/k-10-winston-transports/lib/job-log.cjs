'use strict';
const Transport = require('winston-transport');
const { logger } = require('./logger.cjs');

// Collects what one job logs, for its result page.
class JobTransport extends Transport {
  constructor(job) {
    super({ level: 'info' });
    this.job = job;
    this.lines = [];
  }

  log(info, next) {
    if (info.job === this.job && this.lines.length < 50) this.lines.push(info.message);
    next();
  }
}

async function withLog(job, work) {
  const transport = new JobTransport(job);
  logger.add(transport);
  await work((message) => logger.info(message, { job }));
  await new Promise((resolve) => setImmediate(resolve));
  if (process.env.LEAK_FIXED) logger.remove(transport);
  return transport.lines.length;
}

module.exports = { withLog };
