'use strict';
const { Session } = require('./session.cjs');

// Those of the last minute: about 60 at any time.
const sessions = new Map();

function open(id) {
  const session = new Session(id);
  sessions.set(id, session);
  sessions.delete(id - 60);
  return session;
}

module.exports = { sessions, open };
