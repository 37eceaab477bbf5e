'use strict';
const { Writable } = require('node:stream');
const { deliver } = require('./sink.cjs');

const stream = new Writable({
  decodeStrings: false,
  highWaterMark: 4096,
  write: (chunk, _encoding, done) => deliver(chunk, done),
});

function audit(actor, action, target) {
  stream.write(`${JSON.stringify({ actor, action, target, at: new Date().toISOString() })}\n`);
}

module.exports = { audit };
