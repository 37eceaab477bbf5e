'use strict';
const { History } = require('./lib/history.cjs');

let history;

exports.setup = async () => {
  history = new History();
};

exports.step = async (i) => {
  history.add(`word_${(i * 7) % 900}`, (i % 10) / 3);
};
