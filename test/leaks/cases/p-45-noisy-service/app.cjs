'use strict';
const { allow } = require('./lib/limiter.cjs');
const { Bounded } = require('./lib/bounded.cjs');
const { serializer } = require('./lib/serializers.cjs');

const profiles = new Bounded(400);
const pages = new Bounded(300);
const flags = new Bounded(200);

const profile = (id) => ({
  id,
  name: `User ${id}`,
  interests: [`topic-${id % 9}`, `topic-${id % 7}`],
  scores: [id / 3, id / 7, id / 11],
});
const page = (id) => `<html><body>${`<p>page ${id}</p>`.repeat(50)}</body></html>`.split('').join('');
const flag = (id) => Array.from({ length: 40 }, (_, n) => n / 3 + id);

exports.setup = async () => {};

exports.step = async (i) => {
  if (!allow(`10.${i >> 8}.${i & 255}.7`)) throw new Error('denied');
  profiles.get((i * 31) % 997, profile);
  pages.get((i * 17) % 701, page);
  flags.get((i * 13) % 499, flag);
  serializer(`type${Math.min(59, i >> 3)}`)({ f1: i, f2: i / 2 });
};
