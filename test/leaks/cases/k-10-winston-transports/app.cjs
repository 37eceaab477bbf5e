'use strict';
const { withLog } = require('./lib/job-log.cjs');

exports.setup = async () => {};

exports.step = async (i) => {
  const lines = await withLog(`job-${i}`, async (log) => {
    log('started');
    log(`processed ${i} rows`);
  });
  if (lines < 2) throw new Error('log lost');
};
