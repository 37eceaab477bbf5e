'use strict';
const Sentry = require('@sentry/node');

// Adds the request to the events that are sent while it is served.
function withRequestContext(req, serve) {
  const describe = (scope) => {
    scope.setTag('route', req.url.split('/')[1]);
    scope.addEventProcessor((event) => ({ ...event, request: { url: req.url, headers: req.headers } }));
  };
  if (process.env.LEAK_FIXED) {
    return Sentry.runWithAsyncContext(() => {
      Sentry.configureScope(describe);
      return serve();
    });
  }
  Sentry.configureScope(describe);
  return serve();
}

module.exports = { withRequestContext };
