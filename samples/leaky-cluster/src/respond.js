'use strict';
const { closeContext } = require('./in-flight');

/** Answers with a body. */
function sendPage(context, response, status, body, headers = {}) {
  context.mark('send');
  response.once('finish', () => closeContext(context, status));
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', 'x-request-id': context.id, ...headers });
  response.end(body);
}

/** Answers that what the client has is still good. */
function sendNotModified(context, response, etag) {
  context.mark('not modified');
  response.writeHead(304, { etag, 'x-request-id': context.id });
  response.end();
}

module.exports = { sendPage, sendNotModified };
