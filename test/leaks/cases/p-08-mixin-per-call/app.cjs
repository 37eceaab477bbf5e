'use strict';
const { DraftBox } = require('./lib/drafts.cjs');

let box;

exports.setup = async () => {
  box = new DraftBox();
};

exports.step = async (i) => {
  box.create(`d${i}`, `author-${i % 33}`, `text of draft ${i}`);
};
