'use strict';
const cluster = require('node:cluster');
const http = require('node:http');
const { openContext } = require('./in-flight');
const { sendPage } = require('./respond');
const { findRoute } = require('./router');
const { touchShop } = require('./shops');

/** The HTTP server of one worker. */
function createService() {
  const server = http.createServer(answer);
  // Longer than the load balancer keeps its side, or it would send requests into closing connections.
  server.keepAliveTimeout = 65_000;
  return server;
}

async function answer(request, response) {
  const context = openContext(request);
  response.setHeader('x-worker', String(cluster.worker?.id ?? 0));
  touchShop(request.headers['x-shop']);
  try {
    const { handle, params } = findRoute(request);
    await handle(context, request, response, params);
  } catch (error) {
    console.error(`${context.id} ${request.method} ${request.url}: ${error.stack}`);
    if (response.headersSent) response.destroy();
    else sendPage(context, response, 500, 'Something went wrong.\n');
  }
}

module.exports = { createService };
