'use strict';
const { Gateway } = require('./lib/gateway.cjs');
const { Upstream } = require('./lib/upstream.cjs');
const { profile } = require('../../noise/profiles.cjs');
let gateway;
let upstream;
exports.setup = async () => {
  upstream = new Upstream();
  gateway = new Gateway(upstream);
};
exports.step = async (i) => {
  // The upstream stalls for 300 requests twice an hour: the second time falls on the end of the window.
  const stalled = i % 1250 >= 1250 - 250 || i < 0;
  upstream.tick(i >= 1560 - 300 ? true : stalled && i > 5000);
  gateway.handle({ id: i, user: profile(i), body: 'x'.repeat(200) + i });
  await new Promise(setImmediate);
};
