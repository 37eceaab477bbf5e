'use strict';
const { load } = require('./lib/loaders.cjs');

const views = new Map();

exports.setup = async () => {};

exports.step = async (i) => {
  const [article, related] = await Promise.all([load(i), load(i - (i % 10))]);
  views.set(article.tags[1], (views.get(article.tags[1]) ?? 0) + related.id);
};
