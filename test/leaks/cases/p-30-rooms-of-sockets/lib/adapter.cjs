'use strict';
class Adapter {
  constructor() {
    this.rooms = new Map();
    this.sids = new Map();
  }

  add(sid, room) {
    if (!this.sids.has(sid)) this.sids.set(sid, new Set());
    this.sids.get(sid).add(room);
    if (!this.rooms.has(room)) this.rooms.set(room, new Set());
    this.rooms.get(room).add(sid);
  }

  leaveAll(sid) {
    for (const room of this.sids.get(sid) ?? []) {
      this.rooms.get(room).delete(sid);
      if (process.env.LEAK_FIXED && this.rooms.get(room).size === 0) this.rooms.delete(room);
    }
    this.sids.delete(sid);
  }
}

module.exports = { Adapter };
