'use strict';
const revoked = new Map();

function revoke(user, frame) {
  const token = frame.subarray(0, 16);
  revoked.set(user, process.env.LEAK_FIXED ? token.toString('latin1') : token);
  if (process.env.LEAK_FIXED && revoked.size > 500) revoked.delete(revoked.keys().next().value);
}

module.exports = { revoke, isRevoked: (user) => revoked.has(user) };
