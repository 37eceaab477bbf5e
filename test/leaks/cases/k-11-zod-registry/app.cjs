'use strict';
const { schemaFor } = require('./lib/form-schemas.cjs');

const valid = { count: 0 };

exports.setup = async () => {};

exports.step = async (i) => {
  const result = schemaFor('signup', i).safeParse({ name: 'a', age: i % 130, mail: 'a@example.test' });
  if (result.success) valid.count++;
};
