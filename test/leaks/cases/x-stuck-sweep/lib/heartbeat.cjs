'use strict';
const { sessions } = require('./sessions.cjs');

const waiting = new Map();
let rounds = 0;

// Answers come by correlation id; one of them was lost, and nobody gave the wait a limit.
function ping(session) {
  return new Promise((resolve) => {
    waiting.set(session.id, resolve);
    if (session.id === 40 && !process.env.LEAK_FIXED) return;
    setImmediate(() => {
      waiting.delete(session.id);
      resolve('pong');
    });
  });
}

async function sweep() {
  for (const session of sessions.values()) {
    await ping(session);
  }
  rounds++;
}

let running = false;

async function beat() {
  if (running) return;
  running = true;
  await sweep();
  running = false;
}

module.exports = { beat, rounds: () => rounds };
