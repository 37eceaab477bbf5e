'use strict';
const { devices } = require('./fleet.cjs');

// What one browser looks at while its page is open.
class DashboardView {
  constructor(user) {
    this.user = user;
    this.values = new Map();
    this.subscriptions = [];
    for (const device of devices.values()) {
      const onReading = (value) => this.values.set(device.serial, value);
      device.on('reading', onReading);
      this.subscriptions.push([device, onReading]);
    }
  }

  snapshot() {
    return JSON.stringify([...this.values]);
  }

  close() {
    this.values.clear();
    if (!process.env.LEAK_FIXED) return;
    for (const [device, onReading] of this.subscriptions) device.off('reading', onReading);
  }
}

module.exports = { DashboardView };
