'use strict';
class TenantRuntime {
  constructor(name) {
    this.name = name;
    this.schema = Object.fromEntries(
      Array.from({ length: 60 }, (_, n) => [
        `${name}_field_${n}`,
        { type: 'text', order: n, label: `Field ${n} of ${name}` },
      ]),
    );
    this.pool = Array.from({ length: 8 }, (_, n) => ({ connection: n, buffer: new Array(128).fill(0), busy: false }));
  }

  query(n) {
    const slot = this.pool[n % this.pool.length];
    slot.busy = !slot.busy;
    return Object.keys(this.schema).length + slot.connection;
  }
}

const runtimes = new Map();

function tenant(name) {
  if (!runtimes.has(name)) runtimes.set(name, new TenantRuntime(name));
  return runtimes.get(name);
}

module.exports = { tenant };
