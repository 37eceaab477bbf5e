'use strict';
const path = require('node:path');
const { MODES } = require('./preload');

const DEFAULT_FILE = path.join(__dirname, '..', 'prefork.config.js');

/** What the config file may say; `prefork.config.js` explains each. */
const DEFAULTS = {
  app: path.join(__dirname, '..', 'app', 'index.js'),
  host: '127.0.0.1',
  port: 3000,
  workers: 2,
  preload: 'off',
  buildDir: path.join(__dirname, '..', '.build'),
  maxRequests: 0,
  maxRequestsJitter: 0,
  refresh: { everyMs: 0, batchSize: 1, intervalMs: 1_000 },
  gracefulTimeoutMs: 30_000,
  exitTimeoutMs: 10_000,
  onStarting() {},
  preFork() {},
  postFork() {},
  workerReady() {},
  workerExit() {},
};

/** Reads the config file anew, over the defaults. Throws an Error that names what is wrong. */
function loadConfig(file = DEFAULT_FILE) {
  const resolved = path.resolve(file);
  delete require.cache[resolved];
  const given = require(resolved);
  const unknown = Object.keys(given).find((name) => !(name in DEFAULTS));
  if (unknown) throw new Error(`${resolved}: no such setting: ${unknown}`);
  const config = { ...DEFAULTS, ...given, refresh: { ...DEFAULTS.refresh, ...given.refresh } };
  if (!MODES.includes(config.preload)) {
    throw new Error(`preload is ${config.preload}, but must be one of ${MODES.join(', ')}`);
  }
  for (const [name, value] of Object.entries({ ...config, ...config.refresh })) {
    const least = name === 'workers' || name === 'batchSize' ? 1 : 0;
    const isCount = typeof DEFAULTS[name] === 'number' || name in DEFAULTS.refresh;
    if (isCount && !(Number.isInteger(value) && value >= least)) {
      throw new Error(`${name} is ${value}, but must be a whole number from ${least} on`);
    }
  }
  return config;
}

module.exports = { loadConfig };
