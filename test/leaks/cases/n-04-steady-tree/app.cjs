'use strict';
const { build, withValue } = require('./lib/tree.cjs');

let current;
const undo = [];

exports.setup = async () => {
  current = build(0, 1999);
};

exports.step = async (i) => {
  undo.push(current);
  if (undo.length > 50) undo.shift();
  current = withValue(current, (i * 7919) % 2000, { version: i, note: `changed in ${i}` });
};
