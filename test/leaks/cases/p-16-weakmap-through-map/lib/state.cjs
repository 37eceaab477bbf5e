'use strict';
// What belongs to a session without being part of it.
const states = new WeakMap();

class SessionState {
  constructor(session) {
    this.session = session;
    this.basket = [];
    this.seen = new Map();
  }

  put(item, quantity) {
    this.basket.push({ item, quantity });
    this.seen.set(item, Date.now());
  }
}

function stateOf(session) {
  let state = states.get(session);
  if (!state) {
    state = new SessionState(session);
    states.set(session, state);
  }
  return state;
}

module.exports = { stateOf };
