'use strict';
const { devices } = require('./lib/fleet.cjs');
const { DashboardView } = require('./lib/dashboard.cjs');

exports.setup = async () => {};

exports.step = async (i) => {
  const view = new DashboardView(`user-${i % 70}`);
  const serial = `SN${1000 + (i % 24)}`;
  devices.get(serial).measure(20 + (i % 50) / 10);
  if (!view.snapshot().includes(serial)) throw new Error('reading missed');
  view.close();
};
