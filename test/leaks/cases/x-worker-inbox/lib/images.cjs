'use strict';
const path = require('node:path');
const { Worker } = require('node:worker_threads');

let worker;
let posted = 0;
let done = 0;

function start() {
  worker = new Worker(path.join(__dirname, 'thumbnailer.cjs'));
  worker.on('message', () => done++);
  return new Promise((resolve) => worker.once('online', resolve));
}

function thumbnail(id, pixels) {
  posted++;
  worker.postMessage({ id, pixels }, [pixels.buffer]);
}

module.exports = { start, thumbnail, behind: () => posted - done };
