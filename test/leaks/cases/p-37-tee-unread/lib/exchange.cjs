'use strict';
const { eventStream } = require('./source.cjs');

const log = [];

class Exchange {
  constructor(id, copy) {
    this.id = id;
    this.copy = copy;
  }
}

async function exchange(i) {
  const [body, copy] = eventStream(i).tee();
  if (process.env.LEAK_FIXED) copy.cancel();
  log.push(new Exchange(i, process.env.LEAK_FIXED ? null : copy));
  if (log.length > 10_000) log.shift();
  let count = 0;
  for await (const { lines } of body) count += lines.length;
  return count;
}

module.exports = { exchange };
