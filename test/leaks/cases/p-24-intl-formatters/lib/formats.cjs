'use strict';
const formatters = new Map();

function formatter(locale, options) {
  const key = locale + JSON.stringify(options);
  let found = formatters.get(key);
  if (!found) {
    found = new Intl.NumberFormat(locale, options);
    formatters.set(key, found);
    if (process.env.LEAK_FIXED && formatters.size > 40) formatters.delete(formatters.keys().next().value);
  }
  return found;
}

module.exports = { formatter };
