'use strict';
const { publish } = require('./lib/topics.cjs');
const { firstOf } = require('./lib/subscriber.cjs');

const seen = new Map();

exports.setup = async () => {};

exports.step = async (i) => {
  const waiting = firstOf(`topic-${i % 9}`);
  publish(`topic-${i % 9}`, i);
  seen.set(i % 9, await waiting);
};
