'use strict';
const { Readable } = require('node:stream');

class PriceFeed extends Readable {
  constructor() {
    super({ objectMode: true, read() {} });
    this.setMaxListeners(0);
  }

  tick(symbol, price) {
    this.push({ symbol, price });
  }
}

module.exports = { feed: new PriceFeed() };
