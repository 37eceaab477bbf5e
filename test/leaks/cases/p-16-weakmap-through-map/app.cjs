'use strict';
const { open, logout } = require('./lib/sessions.cjs');
const { stateOf } = require('./lib/state.cjs');

exports.setup = async () => {};

exports.step = async (i) => {
  const session = open(`user-${i}`);
  for (let n = 0; n < 4; n++) stateOf(session).put(`item-${(i + n) % 90}`, n + 1);
  if (stateOf(session).basket.length !== 4) throw new Error('basket lost');
  logout(session);
};
