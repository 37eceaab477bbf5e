'use strict';
const { SessionStore } = require('./lib/store.cjs');
const { profile } = require('../../noise/profiles.cjs');
let store;
let clock = 0;
exports.setup = async () => {
  store = new SessionStore({ ttl: 30 * 60, sweepEvery: 60, now: () => clock });
};
exports.step = async (i) => {
  clock += 1.8;
  const sid = store.create(profile(i));
  store.touch(sid, { page: '/p/' + (i % 40), at: clock });
  store.sweep();
};
