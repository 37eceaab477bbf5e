'use strict';
// Frames as they come from the network: allocated from the pool, as Buffer.from and sockets do.
function frame(i) {
  const buffer = Buffer.allocUnsafe(3900);
  buffer.fill(i & 255);
  buffer.writeUInt32LE(i, 0);
  return buffer;
}

module.exports = { frame };
