'use strict';
function schedule(delivery, attempt) {
  const delay = 60_000 * 2 ** attempt + ((delivery.id * 7919) % 30_000);
  const timer = setTimeout(() => {
    delivery.attempts.push(attempt);
    if (attempt < 5) schedule(delivery, attempt + 1);
  }, delay);
  timer.unref();
  return timer;
}

module.exports = { schedule };
