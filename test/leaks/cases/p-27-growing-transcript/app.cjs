'use strict';
const { room } = require('./lib/rooms.cjs');

exports.setup = async () => {};

exports.step = async (i) => {
  room(`room-${i % 4}`).say(`guest-${i % 37}`, `message number ${i} of this long afternoon`);
};
