'use strict';
/** The application: an address book of places, the tariffs of all carriers, and a price for each parcel. */
const { findPlaces, readPlace, countPlaces } = require('./places');
const { quote } = require('./quotes');

const ROUTES = [
  [/^\/places\?q=([a-z]+)$/, ([, word]) => findPlaces(word)],
  [/^\/quotes\/(\d+)\/(\d+)$/, ([, id, grams]) => quote(readPlace(Number(id)), Number(grams))],
  [/^\/status$/, () => ({ pid: process.pid, places: countPlaces() })],
];

function answer(request, response) {
  for (const [pattern, handle] of ROUTES) {
    const match = pattern.exec(request.url);
    if (match) return send(response, 200, handle(match));
  }
  return send(response, 404, { error: 'There is no such page.' });
}

function send(response, status, body) {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(`${JSON.stringify(body)}\n`);
}

module.exports = { answer };
