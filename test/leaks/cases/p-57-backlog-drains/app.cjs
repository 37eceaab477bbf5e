'use strict';
const { Channel } = require('./lib/channel.cjs');
const { profile } = require('../../noise/profiles.cjs');
const FIXED = process.env.LEAK_FIXED === '1';
const channel = new Channel();
exports.setup = async () => channel.preload(2700);
exports.step = async (i) => {
  profile(i);
  channel.catchUp(i);
  channel.deliver(i);
  if (FIXED) channel.ack(i - 50);
  if (i % 16 === 0) await new Promise(setImmediate);
};
