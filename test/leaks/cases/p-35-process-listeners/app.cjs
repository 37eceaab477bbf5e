'use strict';
const { Upload } = require('./lib/upload.cjs');
const { charge } = require('./lib/quota.cjs');

exports.setup = async () => {};

exports.step = async (i) => {
  const parts = [0, 1, 2].map((n) => ({ name: `part-${i}-${n}`, size: 1000 + n }));
  charge(i % 50, await new Upload(`upload-${i}`, parts).store());
};
