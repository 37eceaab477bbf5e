'use strict';
const net = require('node:net');

/**
 * The way into a worker, and how it is closed without turning anybody away.
 *
 * `http.Server.close()` would also cut idle keep-alive connections, on which a request may be under way at that very
 * moment. Here they stay: whoever sends one more request gets its answer, with `Connection: close`, and goes on over a
 * new connection, which the leader hands to another worker. Who sends none is closed by the keep-alive timeout, which
 * clients know of (`Keep-Alive: timeout=5`).
 */
class Gate {
  #server;
  #responses = new Set();
  #closing = false;

  /** Must be made before the application listens for requests: its header comes first. */
  constructor(server) {
    this.#server = server;
    server.on('request', (_request, response) => {
      if (this.#closing) response.setHeader('connection', 'close');
      this.#responses.add(response);
      response.once('close', () => this.#responses.delete(response));
    });
  }

  /** Resolves when the last connection is gone; after `limitMs` those that are left are cut. */
  async close(limitMs) {
    this.#closing = true;
    for (const response of this.#responses) {
      if (!response.headersSent) response.setHeader('connection', 'close');
    }
    const timer = setTimeout(() => this.#server.closeAllConnections(), limitMs);
    await this.#stopAccepting();
    clearTimeout(timer);
  }

  /** The server's own callback comes when no connection is left. */
  #stopAccepting() {
    if (!this.#server.listening) return Promise.resolve();
    return new Promise((resolve) => net.Server.prototype.close.call(this.#server, resolve));
  }
}

module.exports = { Gate };
