'use strict';
const { EventEmitter } = require('node:events');

const bus = new EventEmitter();
bus.setMaxListeners(0);

module.exports = { bus, publish: (topic, event) => bus.emit('event', { topic, event }) };
