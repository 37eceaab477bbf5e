'use strict';
// Messages out, acknowledgements in.
const waiters = Object.create(null);
let sent = 0;

function publish(correlation, message) {
  sent += message.length;
  return new Promise((resolve) => {
    waiters[correlation] = resolve;
  });
}

function acknowledge(correlation) {
  const resolve = waiters[correlation];
  delete waiters[correlation];
  resolve?.('ok');
}

module.exports = { publish, acknowledge, bytes: () => sent };
