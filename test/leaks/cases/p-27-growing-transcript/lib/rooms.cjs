'use strict';
const { Room } = require('./room.cjs');

const rooms = new Map();

function room(name) {
  if (!rooms.has(name)) rooms.set(name, new Room(name));
  return rooms.get(name);
}

module.exports = { room };
