'use strict';
const blocks = Array.from({ length: 20 }, (_, n) => ({
  name: `block-${n}`,
  html: `<section id="b${n}"></section>`,
  order: n,
}));

exports.render = (title) => `<h1>${title}</h1>${blocks.map(({ html }) => html).join('')}`;
exports.blocks = blocks;
