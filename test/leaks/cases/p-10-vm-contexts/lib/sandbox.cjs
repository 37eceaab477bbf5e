'use strict';
const vm = require('node:vm');
const history = require('./history.cjs');

const scripts = new Map();

function execute(name, source, input) {
  if (!scripts.has(name)) scripts.set(name, new vm.Script(source, { filename: `${name}.customer.js` }));
  const output = [];
  const context = vm.createContext({ console: { log: (line) => output.push(String(line)) }, input, result: null });
  scripts.get(name).runInContext(context, { timeout: 500 });
  history.record(name, context, output);
  return context.result;
}

module.exports = { execute };
