'use strict';
class Article {
  constructor(id) {
    this.id = id;
    this.title = `Article ${id}`;
    this.tags = ['news', `topic-${id % 12}`];
    this.text = `${this.title}: `.repeat(6);
  }
}

async function loadMany(ids) {
  await null;
  return ids.map((id) => new Article(id));
}

module.exports = { loadMany };
