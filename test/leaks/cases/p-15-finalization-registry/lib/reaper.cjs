'use strict';
// Counts connections that were dropped without close().
let leaked = 0;
const registry = new FinalizationRegistry((record) => {
  leaked++;
  if (record.connection) record.connection.open = false;
});

function watch(connection) {
  registry.register(connection, { connection: process.env.LEAK_FIXED ? null : connection, openedAt: Date.now() });
}

module.exports = { watch, leaked: () => leaked };
