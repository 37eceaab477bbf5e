'use strict';
const { startBackend } = require('./lib/backend.cjs');
const { getJson } = require('./lib/client.cjs');

let port;

exports.setup = async () => {
  port = await startBackend();
};

exports.step = async (i) => {
  const { ok } = await getJson(port, `/items/${i % 40}`);
  if (!ok) throw new Error('not answered');
};
