'use strict';
const { parentPort } = require('node:worker_threads');

parentPort.on('message', ({ id }) => {
  // A broken image: the decoder never comes back.
  if (id === 20 && !process.env.LEAK_FIXED) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  parentPort.postMessage(id);
});
