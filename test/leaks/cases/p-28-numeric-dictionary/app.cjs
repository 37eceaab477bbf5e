'use strict';
const { seen } = require('./lib/presence.cjs');

const pages = ['/', '/settings', '/billing'];

exports.setup = async () => {};

exports.step = async (i) => {
  const userId = (i * 2654435761) % 1_000_003;
  for (let n = 0; n < 2; n++) if (seen(userId, pages[n]).hits < 1) throw new Error('unseen');
};
