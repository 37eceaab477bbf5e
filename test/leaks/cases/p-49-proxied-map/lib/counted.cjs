'use strict';
/** Counts the calls of each method of an object. */
function counted(target, counts) {
  return new Proxy(target, {
    get(of, key) {
      const value = Reflect.get(of, key, of);
      if (typeof value !== 'function') return value;
      counts[key] = (counts[key] ?? 0) + 1;
      return value.bind(of);
    },
  });
}

module.exports = { counted };
