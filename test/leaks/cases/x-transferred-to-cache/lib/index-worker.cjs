'use strict';
const { parentPort } = require('node:worker_threads');

// Tiles by key, to answer look-ups without the main thread.
const tiles = new Map();

parentPort.on('message', ({ key, tile }) => {
  tiles.set(key, tile);
  if (process.env.LEAK_FIXED && tiles.size > 50) tiles.delete(tiles.keys().next().value);
  parentPort.postMessage(tiles.size);
});
