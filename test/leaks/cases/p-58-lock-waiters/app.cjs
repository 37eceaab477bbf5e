'use strict';
const { book } = require('./lib/ledger.cjs');

const booked = new Map();

exports.setup = async () => {};

exports.step = async (i) => {
  booked.set(i % 60, { id: i, amount: i * 3 });
  book(i);
};
