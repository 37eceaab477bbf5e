'use strict';
const { tenant } = require('./lib/tenants.cjs');

exports.setup = async () => {};

exports.step = async (i) => {
  const online = Math.min(30, 1 + Math.floor(i / 34));
  if (tenant(`tenant${i % online}`).query(i) < 60) throw new Error('schema missing');
};
