'use strict';
const Sentry = require('@sentry/node');

let sent = 0;

// Envelopes go nowhere: a transport within the process.
const transport = () => ({
  send: async () => {
    sent++;
    return {};
  },
  flush: async () => true,
});

function startMonitoring() {
  Sentry.init({ dsn: 'https://k@o1.example.test/1', transport, defaultIntegrations: false, maxBreadcrumbs: 20 });
}

module.exports = { startMonitoring, sentCount: () => sent };
