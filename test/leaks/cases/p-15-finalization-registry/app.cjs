'use strict';
const { Connection } = require('./lib/connection.cjs');

const last = new Array(20).fill(null);

exports.setup = async () => {};

exports.step = async (i) => {
  const connection = new Connection(`10.0.${i % 200}.1`, 1024 + (i % 9000));
  connection.send('hello');
  last[i % last.length] = connection;
};
