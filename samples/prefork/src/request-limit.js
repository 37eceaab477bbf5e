'use strict';

/**
 * After how many requests a worker is renewed: `maxRequests` and up to `maxRequestsJitter` more, drawn anew for each
 * worker, so that workers of one age do not leave together. Infinity when there is no limit.
 */
function drawRequestLimit({ maxRequests, maxRequestsJitter }, random = Math.random) {
  if (maxRequests === 0) return Number.POSITIVE_INFINITY;
  return maxRequests + Math.floor(random() * (maxRequestsJitter + 1));
}

module.exports = { drawRequestLimit };
