'use strict';
const registry = {};

class TenantState {
  constructor(name) {
    this.name = name;
    this.limits = { quota: name.length * 100, plan: 'free' };
    this.calls = 0;
  }
}

function stateOf(tenant) {
  const key = Symbol.for(`tenant:${tenant}`);
  registry[key] ??= new TenantState(tenant);
  return registry[key];
}

function forget(tenant) {
  if (process.env.LEAK_FIXED) delete registry[Symbol.for(`tenant:${tenant}`)];
}

module.exports = { stateOf, forget };
