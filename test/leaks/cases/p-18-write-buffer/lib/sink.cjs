'use strict';
// The far end stops acknowledging after a while.
let accepted = 0;

function deliver(_chunk, acknowledge) {
  accepted++;
  if (accepted < 50 || process.env.LEAK_FIXED) setImmediate(acknowledge);
}

module.exports = { deliver };
