'use strict';
const { Journal } = require('./lib/journal.cjs');

let journal;

exports.setup = async () => {
  journal = new Journal();
};

exports.step = async (i) => {
  journal.append(JSON.stringify({ i, lines: 'x'.repeat(4000 + (i % 50)) }));
};
