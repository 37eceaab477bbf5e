'use strict';
const fixed = process.env.LEAK_FIXED === '1';

class Ticket {
  constructor(id) {
    this.id = id;
    this.note = `entry ${id}`;
  }
}

/** 0 while the other thread writes. */
const lock = new Int32Array(new SharedArrayBuffer(16));

/** Books when the lock is free; the other thread has died, and nobody frees it any more. */
exports.book = (id) => {
  const ticket = new Ticket(id);
  const waiting = Atomics.waitAsync(lock, 0, 0, fixed ? 1 : undefined);
  if (waiting.async) waiting.value.then((outcome) => (ticket.outcome = outcome));
};
