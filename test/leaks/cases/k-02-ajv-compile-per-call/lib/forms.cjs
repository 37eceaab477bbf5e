'use strict';
const Ajv = require('ajv');

const ajv = new Ajv({ allErrors: true });

function formSchema(fields) {
  return {
    type: 'object',
    properties: Object.fromEntries(fields.map((name) => [name, { type: 'string', maxLength: 40 }])),
    required: fields.slice(0, 2),
  };
}

function check(fields, values) {
  const schema = formSchema(fields);
  const validator = process.env.LEAK_FIXED ? new Ajv({ allErrors: true }) : ajv;
  const validate = validator.compile(schema);
  return validate(values) ? [] : validate.errors.map(({ message }) => message);
}

module.exports = { check };
