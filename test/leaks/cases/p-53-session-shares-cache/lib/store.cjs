'use strict';
const { randomBytes } = require('node:crypto');
class Session {
  constructor(id, user, expires) {
    this.id = id;
    this.user = { ...user };
    this.expires = expires;
    this.csrf = randomBytes(24).toString('base64url');
    this.visits = [];
    this.flash = { info: [], error: [] };
  }
}
class SessionStore {
  constructor({ ttl, sweepEvery, now }) {
    this.sessions = new Map();
    this.ttl = ttl;
    this.sweepEvery = sweepEvery;
    this.now = now;
    this.swept = 0;
  }
  create(user) {
    const id = randomBytes(16).toString('hex');
    this.sessions.set(id, new Session(id, user, this.now() + this.ttl));
    return id;
  }
  touch(id, visit) {
    const session = this.sessions.get(id);
    session.visits.push(visit, { page: '/assets', at: visit.at });
  }
  sweep() {
    if (this.now() - this.swept < this.sweepEvery) return;
    this.swept = this.now();
    for (const [id, session] of this.sessions)
      if (process.env.LEAK_FIXED ? this.sessions.size > 100 : session.expires <= this.now() - 1e6)
        this.sessions.delete(id);
  }
}
module.exports = { SessionStore };
