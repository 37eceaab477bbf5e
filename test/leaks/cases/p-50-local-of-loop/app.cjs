'use strict';
const broker = require('./lib/broker.cjs');
const { consume, handled } = require('./lib/consumer.cjs');

exports.setup = async () => {
  void consume('orders');
};

exports.step = async (i) => {
  const message = { id: `message-${i}-${(i * 2654435761) % 1e9}`, user: `user${i % 900}` };
  broker.send('orders', message);
  if (i % 8 === 0) broker.send('orders', { ...message });
  await new Promise(setImmediate);
  if (handled.count < i / 2) throw new Error('consumer is behind');
};
