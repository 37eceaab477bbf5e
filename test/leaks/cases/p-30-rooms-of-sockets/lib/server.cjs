'use strict';
const { Adapter } = require('./adapter.cjs');

const adapter = new Adapter();
const online = new Set();

function connect(sid) {
  online.add(sid);
  adapter.add(sid, sid); // every socket is in the room of its own name
  adapter.add(sid, 'lobby');
}

function disconnect(sid) {
  online.delete(sid);
  adapter.leaveAll(sid);
}

module.exports = { connect, disconnect };
