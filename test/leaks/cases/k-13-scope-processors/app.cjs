'use strict';
const { startMonitoring } = require('./lib/monitoring.cjs');
const { handle } = require('./lib/server.cjs');

exports.setup = async () => {
  startMonitoring();
};

exports.step = async (i) => {
  const status = await handle({
    method: 'GET',
    url: `/orders/${i}?page=${i % 5}`,
    headers: { host: 'shop.example.test', cookie: `sid=s${i}; theme=dark`, 'user-agent': 'load/1.0 '.repeat(8) },
  });
  if (status >= 600) throw new Error('bad status');
};
