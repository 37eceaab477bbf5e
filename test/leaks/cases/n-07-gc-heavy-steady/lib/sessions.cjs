'use strict';
const sessions = new Map();

class Session {
  constructor(id, until) {
    this.id = id;
    this.until = until;
    this.history = Array.from({ length: 40 }, (_, n) => `/page/${(id * n) % 97}`);
    this.scores = [id / 3, id / 7, id / 11];
  }
}

function login(now) {
  // Load comes in waves: sessions stay longer at the top of one.
  const wave = Math.sin(now / 160) * 100;
  sessions.set(now, new Session(now, now + 200 + wave));
}

function sweep(now) {
  for (const [id, session] of sessions) if (session.until < now) sessions.delete(id);
  return sessions.size;
}

module.exports = { login, sweep };
