'use strict';
const { execute } = require('./lib/sandbox.cjs');

const SCRIPTS = {
  sum: 'result = input.reduce((a, b) => a + b, 0); console.log("sum " + result);',
  max: 'result = Math.max(...input); console.log("max " + result);',
};
const names = Object.keys(SCRIPTS);

exports.setup = async () => {};

exports.step = async (i) => {
  const name = names[i % names.length];
  const result = execute(name, SCRIPTS[name], [i, 1, 2]);
  if (result < i) throw new Error(`${name} is wrong`);
};
