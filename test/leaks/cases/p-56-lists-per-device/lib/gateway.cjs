'use strict';
const { histories } = require('./history.cjs');
exports.receive = (message, at) => {
  const { device, value } = JSON.parse(JSON.stringify(message));
  histories.add(device, value > 15 ? 'C' : 'F', value, at);
};
