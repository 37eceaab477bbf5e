'use strict';
const { Compressor } = require('./compressor.cjs');

// Sessions whose client is away, to be picked up again; nobody comes back.
const parked = new Set();

async function talk(messages) {
  const compressor = new Compressor();
  let bytes = 0;
  for (const message of messages) bytes = await compressor.send(message);
  if (process.env.LEAK_FIXED) compressor.close();
  else parked.add(compressor);
  return bytes;
}

module.exports = { talk };
