'use strict';
const { note } = require('./lib/slow.cjs');
const { profile } = require('../../noise/profiles.cjs');
exports.setup = async () => {};
exports.step = async (i) => {
  const body = JSON.stringify({ user: profile(i), rows: Array.from({ length: 20 }, (_, n) => n * i) });
  note('GET', '/r/' + (i % 40), body.length);
  if (i % 20 === 0) await new Promise(setImmediate);
};
