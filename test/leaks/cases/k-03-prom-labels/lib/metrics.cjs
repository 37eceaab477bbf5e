'use strict';
const client = require('prom-client');

const duration = new client.Histogram({
  name: 'http_request_seconds',
  help: 'Request duration',
  labelNames: ['method', 'path', 'status'],
  buckets: [0.01, 0.05, 0.1, 0.5, 1],
});
const total = new client.Counter({ name: 'http_requests_total', help: 'Requests', labelNames: ['method'] });

function observe(method, path, status, seconds) {
  const label = process.env.LEAK_FIXED ? path.replace(/\d+/g, ':id') : path;
  duration.observe({ method, path: label, status }, seconds);
  total.inc({ method });
}

module.exports = { observe, text: () => client.register.metrics() };
