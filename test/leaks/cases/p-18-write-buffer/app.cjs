'use strict';
const { audit } = require('./lib/audit.cjs');

const ACTIONS = ['login', 'read', 'update', 'export'];
const perActor = new Map();

exports.setup = async () => {};

exports.step = async (i) => {
  const actor = `employee-${i % 45}`;
  perActor.set(actor, (perActor.get(actor) ?? 0) + 1);
  audit(actor, ACTIONS[i % ACTIONS.length], { table: 'customers', row: i, fields: ['name', 'iban'] });
  await new Promise((resolve) => setImmediate(resolve));
};
