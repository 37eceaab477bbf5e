'use strict';
const { Store } = require('./lib/store.cjs');

let store;

exports.setup = async () => {
  store = new Store();
};

exports.step = async (i) => {
  store.put(`sensor-${i % 60}`, { celsius: (i * 7) % 400, note: `measured in round ${i}` });
  await null;
};
