'use strict';
const { findContext } = require('./in-flight');

const TARIFF_VERSION = '2024-07';

/** Cents: a fixed part for each parcel, and a price for each kilogram begun. */
const RATES = new Map([
  ['domestic', { parcel: 390, kilogram: 60 }],
  ['europe', { parcel: 890, kilogram: 210 }],
  ['north-america', { parcel: 1490, kilogram: 720 }],
  ['asia', { parcel: 1590, kilogram: 810 }],
  ['elsewhere', { parcel: 1890, kilogram: 960 }],
]);

let waiting = [];

/** The rate of a zone, null for an unknown one. Look-ups of one turn of the event loop share one round trip. */
function fetchRate(requestId, zone) {
  return new Promise((resolve) => {
    waiting.push({ requestId, zone, resolve });
    if (waiting.length === 1) setImmediate(answerWaiting);
  });
}

function answerWaiting() {
  const batch = waiting;
  waiting = [];
  for (const { requestId, zone, resolve } of batch) {
    findContext(requestId)?.mark('rate');
    resolve(RATES.get(zone) ?? null);
  }
}

/** The lines of a quote, cents. */
function priceParcel(rate, grams) {
  const freight = Math.ceil(grams / 1000) * rate.kilogram;
  const fuel = Math.round(freight * 0.12);
  return { parcel: rate.parcel, freight, fuel, total: rate.parcel + freight + fuel };
}

module.exports = { TARIFF_VERSION, fetchRate, priceParcel };
