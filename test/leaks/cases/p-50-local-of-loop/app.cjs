'use strict';
const broker = require('./lib/broker.cjs');
const { consume, handled } = require('./lib/consumer.cjs');
const { profile } = require('./lib/profiles.cjs');

exports.setup = async () => {
  void consume('orders');
};

exports.step = async (i) => {
  broker.send('orders', { id: 'message-' + i + '-' + ((i * 2654435761) % 1e9), user: profile(i).id });
  if (i % 8 === 0) broker.send('orders', { id: 'message-' + i + '-' + ((i * 2654435761) % 1e9), user: profile(i).id });
  await new Promise(setImmediate);
  if (handled.count < i / 2) throw new Error('consumer is behind');
};
