'use strict';
const { watch } = require('./reaper.cjs');

class Connection {
  constructor(host, port) {
    this.peer = { host, port };
    this.window = Array.from({ length: 24 }, (_, n) => port + n / 10);
    this.open = true;
    watch(this);
  }

  send(text) {
    if (!this.open) throw new Error('closed');
    return text.length + this.window.length;
  }
}

module.exports = { Connection };
