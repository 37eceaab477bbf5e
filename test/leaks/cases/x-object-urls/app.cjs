'use strict';
const { resolveObjectURL } = require('node:buffer');
const { publish } = require('./lib/exports.cjs');

let bytes = 0;

exports.setup = async () => {};

exports.step = async (i) => {
  bytes += resolveObjectURL(publish(i)).size;
};
