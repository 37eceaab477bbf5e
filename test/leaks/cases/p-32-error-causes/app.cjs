'use strict';
const { HealthCheck } = require('./lib/health.cjs');

const checks = [];

exports.setup = async () => {
  for (const name of ['db', 'queue', 'cache']) checks.push(new HealthCheck(name));
};

exports.step = async (i) => {
  checks[i % 3].probe(i);
};
