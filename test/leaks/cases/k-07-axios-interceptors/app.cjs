'use strict';
const { get } = require('./lib/api.cjs');

exports.setup = async () => {};

exports.step = async (i) => {
  const { tokens } = await get(`user-${i}`, `/items/${i % 10}`);
  if (tokens < 1) throw new Error('no token');
};
