// What a program does that asks heapdiff's library for retained sizes: node bench/run-retained.cjs FILE
const { openHeap } = require('../dist/index.js');

openHeap(process.argv[2]).then((heap) => {
  const largest = heap.retained.reduce((most, size) => Math.max(most, size), 0);
  console.log(heap.graph.nodeCount, heap.totalBytes, largest);
});
