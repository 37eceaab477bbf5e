'use strict';
const { thumbnail } = require('./lib/thumbnails.cjs');

exports.setup = async () => {};

exports.step = async (i) => {
  if (thumbnail(i).width < 16 || thumbnail(i - (i % 5)).height !== 16) throw new Error('too small');
};
