'use strict';
const { recordRequest } = require('./metrics');
const { RequestContext } = require('./request-context');

/** The requests being answered, by id: code that is handed only an id finds its request here. */
const inFlight = new Map();
let lastNumber = 0;

/** Registers a request that has just come in. */
function openContext(request) {
  lastNumber += 1;
  const context = new RequestContext(`${process.pid}-${lastNumber}`, request);
  inFlight.set(context.id, context);
  return context;
}

function findContext(id) {
  return inFlight.get(id);
}

/** Takes leave of a request that has been answered. */
function closeContext(context, status) {
  inFlight.delete(context.id);
  recordRequest(context.url, status, performance.now() - context.startedAt);
}

module.exports = { openContext, findContext, closeContext };
