'use strict';
const service = require('./lib/service.cjs');
const { profile } = require('./lib/profiles.cjs');

exports.setup = async () => {};

exports.step = async (i) => {
  const id = service.begin('file' + i + '.png', profile(i).id);
  if (i % 5 === 0) await new Promise(setImmediate);
  service.end(id);
};
