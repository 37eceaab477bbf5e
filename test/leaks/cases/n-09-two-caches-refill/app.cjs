'use strict';
const { route, deploy } = require('./lib/routes.cjs');

exports.setup = async () => {};

exports.step = async (i) => {
  if (i % 800 === 0) deploy();
  if (route(`/shop/:tenant/item/${(i * 13) % 1009}`).parts.length !== 5) throw new Error('not parsed');
};
