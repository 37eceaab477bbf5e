'use strict';
const { beat } = require('./lib/heartbeat.cjs');
const { open } = require('./lib/sessions.cjs');

exports.setup = async () => {};

exports.step = async (i) => {
  const { user } = open(i);
  if (user.roles.length !== 2) throw new Error('bad user');
  if (i > 10) void beat();
  if (i === 30 || i % 50 === 0) await new Promise((resolve) => setTimeout(resolve, 5));
};
