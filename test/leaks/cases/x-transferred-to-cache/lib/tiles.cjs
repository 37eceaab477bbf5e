'use strict';
const path = require('node:path');
const { Worker } = require('node:worker_threads');

let worker;
let size = 0;

async function start() {
  worker = new Worker(path.join(__dirname, 'index-worker.cjs'));
  worker.on('message', (now) => (size = now));
  await new Promise((resolve) => worker.once('online', resolve));
}

async function put(key, tile) {
  const done = new Promise((resolve) => worker.once('message', resolve));
  worker.postMessage({ key, tile }, [tile.buffer]);
  await done;
}

module.exports = { start, put, size: () => size };
