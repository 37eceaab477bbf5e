'use strict';
class Session {
  constructor(id) {
    this.id = id;
    this.user = { name: `user ${id}`, roles: ['reader', `team-${id % 12}`] };
    this.history = Array.from({ length: 30 }, (_, n) => id * 100 + n + 0.5);
  }
}

module.exports = { Session };
