'use strict';
class Campaign {
  constructor(product) {
    this.banner = `Save on ${product} today`;
    this.until = Date.now() + 86_400_000;
    this.views = new Array(16).fill(0);
  }
}

module.exports = { Campaign };
