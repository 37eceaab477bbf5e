'use strict';
const { log } = require('./log');

/** What a signal to the leader does, as gunicorn has it. */
function listenToSignals(leader) {
  process.on('SIGHUP', () => leader.reload());
  process.on('SIGTTIN', () => leader.resize(+1));
  process.on('SIGTTOU', () => leader.resize(-1));
  process.on('SIGTERM', () => leader.stop({ quick: false }));
  process.on('SIGINT', () => leader.stop({ quick: true }));
  process.on('SIGQUIT', () => leader.stop({ quick: true }));
  // Meant for a worker. Without a handler it would kill the leader, and the service with it.
  process.on('SIGUSR2', () => {
    const commands = leader.workers.map(({ id, pid }) => `kill -USR2 ${pid} (worker ${id})`);
    log(`SIGUSR2 is for a worker; type: ${commands.join(' or ')}`);
  });
}

module.exports = { listenToSignals };
