'use strict';
const broker = require('./broker.cjs');
const handled = { count: 0, twice: 0 };

async function consume(topic) {
  const source = broker.partition(topic);
  const seen = new Map();
  for (;;) {
    for (const { id, user } of await source.next()) {
      if (seen.has(id)) {
        handled.twice++;
        continue;
      }
      seen.set(id, { id, at: handled.count, tags: [topic + ' for ' + user, 'part ' + (handled.count % 7)] });
      if (process.env.LEAK_FIXED && seen.size > 100) seen.delete(seen.keys().next().value);
      handled.count++;
    }
  }
}

module.exports = { consume, handled };
