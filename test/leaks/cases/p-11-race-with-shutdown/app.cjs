'use strict';
const { answer } = require('./lib/server.cjs');

exports.setup = async () => {};

exports.step = async (i) => {
  const { status } = await answer(`/doc/${i % 80}`);
  if (status !== 200) throw new Error(`status ${status}`);
};
