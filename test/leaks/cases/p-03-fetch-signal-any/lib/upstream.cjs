'use strict';
const { setMaxListeners } = require('node:events');
const { backend } = require('./backend.cjs');

class Upstream {
  constructor() {
    this.shutdown = new AbortController();
    setMaxListeners(0, this.shutdown.signal);
    this.inFlight = 0;
  }

  async request(path, headers) {
    const own = new AbortController();
    const signal = AbortSignal.any([this.shutdown.signal, own.signal]);
    this.inFlight++;
    let aborted = false;
    const onAbort = () => {
      aborted = true;
      this.inFlight--;
      headers.aborted = path;
    };
    signal.addEventListener('abort', onAbort, { once: true });
    const answer = await backend(path, headers);
    if (process.env.LEAK_FIXED) signal.removeEventListener('abort', onAbort);
    if (aborted) throw new Error('aborted');
    this.inFlight--;
    return answer;
  }
}

module.exports = { Upstream };
