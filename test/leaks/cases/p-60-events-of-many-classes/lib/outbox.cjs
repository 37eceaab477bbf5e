'use strict';
const { kinds } = require('./events.cjs');

// Events wait here until the broker has confirmed them; nobody takes out those that it has.
class Outbox {
  constructor() {
    this.unconfirmed = [];
  }

  add(event) {
    this.unconfirmed.push(event);
    if (process.env.LEAK_FIXED && this.unconfirmed.length > 100) this.unconfirmed.shift();
  }
}

const outbox = new Outbox();

function publish(i) {
  const Kind = kinds[(i * 7 + (i >> 4)) % kinds.length];
  outbox.add(new Kind({ aggregate: `a-${i}`, changes: [`field${i}`, 'state'] }));
}

module.exports = { publish };
