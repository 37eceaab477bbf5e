'use strict';
const Sentry = require('@sentry/node');
const { withRequestContext } = require('./request-context.cjs');

let served = 0;

async function handle(req) {
  return withRequestContext(req, async () => {
    served++;
    Sentry.addBreadcrumb({ category: 'db', message: `select ${req.url}` });
    await null;
    if (served % 40 === 0) Sentry.captureMessage(`slow answer ${served}`);
    return served % 40 === 0 ? 504 : 200;
  });
}

module.exports = { handle };
