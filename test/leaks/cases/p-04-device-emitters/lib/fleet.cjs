'use strict';
const { EventEmitter } = require('node:events');

class Device extends EventEmitter {
  constructor(serial) {
    super();
    this.setMaxListeners(0);
    this.serial = serial;
    this.recent = new Float64Array(32);
    this.count = 0;
  }

  measure(value) {
    this.recent[this.count++ & 31] = value;
    this.emit('reading', value, this.count);
  }
}

const devices = new Map();
for (let n = 0; n < 24; n++) devices.set(`SN${1000 + n}`, new Device(`SN${1000 + n}`));

module.exports = { devices, Device };
