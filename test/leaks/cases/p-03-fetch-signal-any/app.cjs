'use strict';
const { Upstream } = require('./lib/upstream.cjs');

let upstream;

exports.setup = async () => {
  upstream = new Upstream();
};

exports.step = async (i) => {
  const headers = {
    'x-trace': `trace-${i}-${(i * 40503) % 65536}`,
    accept: 'application/json',
    seq: Array.from({ length: 30 }, (_, n) => n * i + 0.1),
  };
  const { status } = await upstream.request(`/v1/items/${i % 150}?page=${i}`, headers);
  if (status !== 200) throw new Error(`status ${status}`);
};
