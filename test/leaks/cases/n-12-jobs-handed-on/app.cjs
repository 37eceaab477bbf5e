'use strict';
const batch = require('./lib/batch.cjs');
const { profile } = require('../../noise/profiles.cjs');
exports.setup = async () => batch.load(1600);
exports.step = async (i) => {
  profile(i);
  batch.next();
  if (i % 16 === 0) await new Promise(setImmediate);
};
