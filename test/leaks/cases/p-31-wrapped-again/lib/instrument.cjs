'use strict';
function instrument(target, name, options) {
  const original = process.env.LEAK_FIXED && target[name].original ? target[name].original : target[name];
  const stats = { calls: 0, bytes: 0, options };
  let depth = 0;
  target[name] = function instrumented(message) {
    if (depth > 0) return 0;
    depth++;
    stats.calls++;
    stats.bytes += message.length;
    depth--;
    // Deep chains would overflow the stack: the sample rate lets few calls through.
    return stats.calls % 1000 === 1 && options.sampled ? original.call(target, message) : message.length;
  };
  target[name].original = process.env.LEAK_FIXED ? original : undefined;
  return stats;
}

module.exports = { instrument };
