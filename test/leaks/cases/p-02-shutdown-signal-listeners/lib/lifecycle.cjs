'use strict';
const { setMaxListeners } = require('node:events');

const shutdown = new AbortController();
setMaxListeners(0, shutdown.signal);

module.exports = { signal: shutdown.signal, stop: () => shutdown.abort(new Error('shutting down')) };
