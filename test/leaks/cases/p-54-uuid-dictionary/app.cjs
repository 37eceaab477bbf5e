'use strict';
const uploads = require('./lib/uploads.cjs');
const { profile } = require('../../noise/profiles.cjs');
exports.setup = async () => {};
exports.step = async (i) => {
  const id = uploads.begin(profile(i).id, i);
  uploads.part(id, i * 100, 5e6);
  if (i % 2) uploads.finish(uploads.begin('cron', i));
  await null;
  if (process.env.LEAK_FIXED) uploads.finish(id);
};
