'use strict';
const path = require('node:path');
const { pathToFileURL } = require('node:url');

const url = pathToFileURL(path.join(__dirname, 'rules.mjs')).href;
let rules = null;
let version = 0;

async function reload() {
  version++;
  // A fixed set of versions stands for "import it once, read the data from a file".
  rules = await import(`${url}?v=${process.env.LEAK_FIXED ? version % 4 : version}`);
  return rules;
}

module.exports = { reload, rules: () => rules };
