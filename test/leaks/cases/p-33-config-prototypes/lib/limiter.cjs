'use strict';
const settings = require('./settings.cjs');

const counts = new Uint16Array(512);

function allow(client) {
  const { requests } = settings.get('limits');
  counts[client & 511] = (counts[client & 511] + 1) % (requests + 1);
  return counts[client & 511] !== requests;
}

module.exports = { allow };
