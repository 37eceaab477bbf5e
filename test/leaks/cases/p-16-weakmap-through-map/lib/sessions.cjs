'use strict';
const byUser = new Map();

class Session {
  constructor(user) {
    this.user = user;
  }
}

function login(user) {
  const session = new Session(user);
  byUser.set(user, session);
  return session;
}

function logout(session) {
  session.user = null;
  if (process.env.LEAK_FIXED) byUser.delete(session.loginName);
}

function open(user) {
  const session = login(user);
  session.loginName = user;
  return session;
}

module.exports = { open, logout };
