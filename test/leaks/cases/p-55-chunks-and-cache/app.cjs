'use strict';
const { Uploads } = require('./lib/uploads.cjs');
const { view } = require('./lib/views.cjs');
let uploads;
exports.setup = async () => {
  uploads = new Uploads();
};
exports.step = async (i) => {
  view((i * 7919) % 20_011);
  const id = uploads.begin('file' + i);
  for (let n = 0; n < 4; n++) uploads.chunk(id, Buffer.alloc(1500, n));
  if (i % 2) uploads.finish(id);
  else uploads.abort(id);
  if (i % 16 === 0) await new Promise(setImmediate);
};
