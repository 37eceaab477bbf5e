'use strict';
const file = require.resolve('./layout.cjs');

// Picks up a changed layout without a restart.
function freshLayout() {
  const old = require.cache[file];
  delete require.cache[file];
  if (process.env.LEAK_FIXED && old) module.children.splice(module.children.indexOf(old), 1);
  return require(file);
}

module.exports = { freshLayout };
