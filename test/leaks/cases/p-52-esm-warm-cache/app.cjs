'use strict';
const { visit } = require('./src/sessions.cjs');
let geo;

exports.setup = async () => {
  geo = await import('./src/geo.mjs');
  for (let prefix = 0; prefix < 2000; prefix++) geo.placeOf(prefix);
};

exports.step = async (i) => {
  let place;
  for (let hop = 0; hop < 40; hop++) place = geo.placeOf((i + hop) % 2000);
  visit('v' + i, place.city, 1 + (i % 2));
  if (i % 5 === 0) await new Promise(setImmediate);
};
