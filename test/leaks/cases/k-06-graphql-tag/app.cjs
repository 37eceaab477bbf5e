'use strict';
const { productQuery } = require('./lib/queries.cjs');
const { execute } = require('./lib/executor.cjs');

exports.setup = async () => {};

exports.step = async (i) => {
  if (execute(productQuery(i, i % 2 ? 'id title' : 'id title price { amount currency }')) < 2)
    throw new Error('fields lost');
};
