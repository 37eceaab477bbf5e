'use strict';
class Visit {
  constructor(id, city) {
    this.id = id;
    this.city = city;
    this.pages = [];
    this.agent = `agent ${id} of ${city} `.repeat(8);
  }
}

const open = new Map();

function visit(id, city, pages) {
  const v = new Visit(id, city);
  open.set(id, v);
  for (let n = 0; n < pages; n++) v.pages.push({ path: '/p/' + n + '/' + id });
  // a visit of one page ends without a goodbye
  if (pages > 1 || process.env.LEAK_FIXED) open.delete(id);
  return v.pages.length;
}

module.exports = { visit };
