'use strict';
class Session {
  constructor(id, now) {
    this.id = id;
    this.opened = now;
    this.ends = now + 60;
    this.history = Array.from({ length: 12 }, (_, n) => ({ path: '/p/' + id + '/' + n, took: n * 1.5 }));
  }
}
const sessions = new Map();
let next = 0;
exports.open = (now) => {
  const session = new Session(++next, now);
  sessions.set(session.id, session);
};
exports.reap = (now) => {
  for (const [id, session] of sessions) {
    if (session.ends > now) return;
    sessions.delete(id);
  }
};
