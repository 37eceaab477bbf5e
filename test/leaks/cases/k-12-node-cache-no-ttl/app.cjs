'use strict';
const { search } = require('./lib/search.cjs');

exports.setup = async () => {};

exports.step = async (i) => {
  const words = ['red', 'shoe', 'size', String(i % 60)];
  if (search(`${words.join(' ')} ${(i * 31) % 9973}`).hits.length !== 4) throw new Error('no hits');
};
