'use strict';
const { arena } = require('./arena.cjs');

function thumbnail(seed) {
  const mark = arena.mark();
  const pixels = arena.allocate(24_000);
  pixels.fill(seed & 255);
  let sum = 0;
  for (let at = 0; at < pixels.length; at += 1000) sum += pixels[at];
  if (process.env.LEAK_FIXED) arena.release(mark);
  return sum;
}

module.exports = { thumbnail };
