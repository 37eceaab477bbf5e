'use strict';
const { LRUCache } = require('lru-cache');
class View {
  constructor(id) {
    this.id = id;
    this.rows = Array.from({ length: 60 }, (_, n) => ({ n, text: 'row ' + id + '/' + n }));
  }
}
const views = new LRUCache({ max: 500 });
function view(id) {
  const found = views.get(id) ?? new View(id);
  views.set(id, found);
  return found;
}
module.exports = { view };
