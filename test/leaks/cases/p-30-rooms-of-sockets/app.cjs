'use strict';
const { connect, disconnect } = require('./lib/server.cjs');

exports.setup = async () => {};

exports.step = async (i) => {
  connect(`sid-${i}`);
  if (i > 20) disconnect(`sid-${i - 20}`);
};
