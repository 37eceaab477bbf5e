'use strict';
const { showQuote } = require('./quotes');
const { sendPage } = require('./respond');
const { showStatus } = require('./status');

const ROUTES = [
  { method: 'GET', pattern: /^\/quotes\/(?<zone>[a-z-]+)\/(?<grams>\d{1,5})$/, handle: showQuote },
  { method: 'GET', pattern: /^\/status$/, handle: showStatus },
];

/** The handler of a request and what its path says: `{ handle, params }`. */
function findRoute(request) {
  for (const { method, pattern, handle } of ROUTES) {
    const match = request.method === method && pattern.exec(request.url);
    if (match) return { handle, params: match.groups ?? {} };
  }
  return { handle: showNotFound, params: {} };
}

function showNotFound(context, _request, response) {
  sendPage(context, response, 404, 'There is no such page.\n');
}

module.exports = { findRoute };
