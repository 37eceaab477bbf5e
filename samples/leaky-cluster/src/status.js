'use strict';
const { summarizeRequests } = require('./metrics');
const { sendPage } = require('./respond');
const { countShops } = require('./shops');

/** GET /status: how this worker is doing. */
function showStatus(context, _request, response) {
  const { heapUsed, rss } = process.memoryUsage();
  const status = { pid: process.pid, requests: summarizeRequests(), shops: countShops(), heapUsed, rss };
  sendPage(context, response, 200, `${JSON.stringify(status, null, 2)}\n`, { 'content-type': 'application/json' });
}

module.exports = { showStatus };
