'use strict';
const { publish } = require('./lib/outbox.cjs');
const { profile } = require('../../noise/profiles.cjs');

exports.setup = async () => {};

exports.step = async (i) => {
  profile(i);
  publish(i);
};
