'use strict';
const { check } = require('./lib/forms.cjs');

const rejected = { count: 0 };

exports.setup = async () => {};

exports.step = async (i) => {
  const fields = ['name', 'street', `custom_${i % 7}`];
  const errors = check(fields, i % 3 ? { name: 'a', street: 'b' } : { name: 'a' });
  if (errors.length) rejected.count++;
};
