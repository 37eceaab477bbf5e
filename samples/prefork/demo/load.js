'use strict';
const http = require('node:http');

/** Generous: a busy CI machine is slow, but a demo that hangs helps nobody. */
const REQUEST_LIMIT_MS = 30_000;
const WORDS = ['brachel', 'fengal', 'dorhol', 'kinlam', 'morsten'];

/**
 * Clients of the service, each with a keep-alive connection of its own and one request at a time. A request that gets
 * no answer counts as failed and is not tried again: that is what is measured.
 */
class Load {
  #url;
  #running = true;
  #requests;
  #clients;
  answered = 0;
  /** What went wrong, one line per failed request. */
  failures = [];

  /** `requests`: how many all clients send together; without it they go on until `stop()`. */
  constructor(url, { clients = 4, requests = Number.POSITIVE_INFINITY } = {}) {
    this.#url = url;
    this.#requests = requests;
    this.#clients = Array.from({ length: clients }, (_, number) => this.#runClient(number));
  }

  /** Resolves when every client has the answer to its last request. */
  async finish() {
    await Promise.all(this.#clients);
  }

  async stop() {
    this.#running = false;
    await this.finish();
  }

  async #runClient(number) {
    const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
    for (let sent = 0; this.#running && this.#requests > 0; sent += 1) {
      this.#requests -= 1;
      try {
        const status = await get(agent, this.#url + choosePath(number * 7 + sent));
        if (status !== 200) throw new Error(`answered ${status}`);
        this.answered += 1;
      } catch (error) {
        this.failures.push(`client ${number}, request ${sent}: ${error.code ?? ''} ${error.message}`);
      }
    }
    agent.destroy();
  }
}

function choosePath(number) {
  if (number % 3 === 0) return `/places?q=${WORDS[number % WORDS.length]}`;
  return `/quotes/${(number * 7919) % 25_000}/${250 * (1 + (number % 100))}`;
}

function get(agent, url) {
  return new Promise((resolve, reject) => {
    const request = http.get(url, { agent }, (response) => {
      response.resume();
      response.once('error', reject);
      response.once('end', () => resolve(response.statusCode));
    });
    request.setTimeout(REQUEST_LIMIT_MS, () => request.destroy(new Error('no answer in time')));
    request.once('error', reject);
  });
}

module.exports = { Load };
