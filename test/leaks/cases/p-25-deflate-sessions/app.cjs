'use strict';
const { talk } = require('./lib/sessions.cjs');

const sizes = new Uint32Array(64);

exports.setup = async () => {};

exports.step = async (i) => {
  sizes[i & 63] = await talk([`hello ${i}`, JSON.stringify({ i, text: 'lorem ipsum '.repeat(20) })]);
};
