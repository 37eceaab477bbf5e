'use strict';
const { Poller } = require('./lib/poller.cjs');

const results = new Float64Array(100);
let poller;

exports.setup = async () => {
  poller = new Poller((round) => (results[round % 100] = round));
};

let started = false;
exports.step = async () => {
  if (!started) poller.start();
  started = true;
  await poller.next();
};
