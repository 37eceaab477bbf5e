'use strict';
class Reading {
  constructor(unit, value, at) {
    this.unit = unit;
    this.value = value;
    this.at = at;
    this.flags = 0;
  }
}
class Histories {
  byDevice = {};
  add(device, unit, value, at) {
    this.byDevice[device] ??= [];
    const list = this.byDevice[device];
    list.push(new Reading(unit, value, at));
    if (process.env.LEAK_FIXED && list.length > 4) list.shift();
  }
}
exports.histories = new Histories();
