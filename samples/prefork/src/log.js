'use strict';

/** One line on stdout, with who says it. */
function log(text) {
  console.log(`[${process.pid}] ${text}`);
}

function logError(text) {
  console.error(`[${process.pid}] ${text}`);
}

module.exports = { log, logError };
