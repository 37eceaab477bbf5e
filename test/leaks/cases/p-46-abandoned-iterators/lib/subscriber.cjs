'use strict';
const { on } = require('node:events');
const { bus } = require('./topics.cjs');

// The first event of a topic, as long polling wants it.
async function firstOf(topic) {
  const iterator = on(bus, 'event');
  for (;;) {
    const { value } = await iterator.next();
    if (value[0].topic !== topic) continue;
    if (process.env.LEAK_FIXED) await iterator.return();
    return value[0].event;
  }
}

module.exports = { firstOf };
