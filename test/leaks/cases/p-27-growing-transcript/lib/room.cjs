'use strict';
class Room {
  constructor(name) {
    this.name = name;
    this.transcript = '';
    this.members = new Set();
  }

  say(who, text) {
    this.members.add(who);
    this.transcript += `[${this.members.size}] ${who}: ${text}\n`;
    if (process.env.LEAK_FIXED && this.transcript.length > 2000) this.transcript = '';
  }
}

module.exports = { Room };
