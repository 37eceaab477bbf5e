'use strict';
const { enqueue, flush } = require('./lib/mailer.cjs');

exports.setup = async () => {};

exports.step = async (i) => {
  enqueue(
    `user${i}@example.test`,
    `Invoice ${i}`,
    `Dear customer, invoice ${i} over ${(i * 13) % 900} EUR is due.`.padEnd(160, '.'),
  );
  if (i % 10 === 9 && flush() === 0) throw new Error('nothing sent');
};
