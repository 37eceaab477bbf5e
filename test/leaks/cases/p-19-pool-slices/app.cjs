'use strict';
const { frame } = require('./lib/frames.cjs');
const { revoke, isRevoked } = require('./lib/tokens.cjs');

const checksums = new Uint32Array(256);

exports.setup = async () => {};

exports.step = async (i) => {
  const data = frame(i);
  checksums[i & 255] = data.readUInt32LE(0) ^ data[3000];
  revoke(i, data);
  if (!isRevoked(i)) throw new Error('not revoked');
};
