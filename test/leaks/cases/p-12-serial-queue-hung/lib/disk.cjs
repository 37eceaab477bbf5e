'use strict';
// A disk that loses one acknowledgement, long ago.
const lost = [];
let writes = 0;

function write(entry) {
  writes++;
  if (writes === 20 && !process.env.LEAK_FIXED) return new Promise((resolve) => lost.push(resolve));
  return Promise.resolve(entry.length);
}

module.exports = { write, lost };
