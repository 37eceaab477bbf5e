'use strict';
const { Blob } = require('node:buffer');

const links = [];

function sheet(id) {
  const rows = Array.from({ length: 150 }, (_, n) => `${id};${n};${(id * 31 + n) % 977};"customer ${n} of ${id}"`);
  return new Blob([rows.join('\n')], { type: 'text/csv' });
}

// A link to the sheet for the chart library, which fetches by URL; the latest 20 are shown.
function publish(id) {
  const url = URL.createObjectURL(sheet(id));
  links.push({ id, url });
  if (links.length <= 20) return url;
  const { url: oldest } = links.shift();
  if (process.env.LEAK_FIXED) URL.revokeObjectURL(oldest);
  return url;
}

module.exports = { publish };
