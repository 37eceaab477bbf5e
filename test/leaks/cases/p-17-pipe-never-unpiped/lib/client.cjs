'use strict';
const { Transform } = require('node:stream');
const { feed } = require('./feed.cjs');

// Lets one symbol through, as one client asked for.
class ClientFilter extends Transform {
  constructor(symbol) {
    super({ objectMode: true });
    this.symbol = symbol;
    this.received = 0;
    this.on('data', () => this.received++);
  }

  _transform(tick, _encoding, done) {
    if (tick.symbol === this.symbol) this.push(tick);
    done();
  }
}

function connect(symbol) {
  const filter = new ClientFilter(symbol);
  feed.pipe(filter);
  return {
    filter,
    leave() {
      filter.removeAllListeners('data');
      filter.resume();
      if (process.env.LEAK_FIXED) feed.unpipe(filter);
    },
  };
}

module.exports = { connect };
