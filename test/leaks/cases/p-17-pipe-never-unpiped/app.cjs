'use strict';
const { connect } = require('./lib/client.cjs');
const { feed } = require('./lib/feed.cjs');

const SYMBOLS = ['ACME', 'INIT', 'HOOL', 'UMBR'];

exports.setup = async () => {};

exports.step = async (i) => {
  const client = connect(SYMBOLS[i % SYMBOLS.length]);
  feed.tick(SYMBOLS[i % SYMBOLS.length], 100 + (i % 30));
  await new Promise((resolve) => setImmediate(resolve));
  client.leave();
};
