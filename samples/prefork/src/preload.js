'use strict';
/**
 * What preloading can mean in Node, where cluster.fork() is fork and exec: no memory is shared with the leader, so a
 * preload is what happens in each worker before its main script, and the question is where that time goes.
 */
const { loadSnapshotApplication, prepareSnapshot } = require('./startup-snapshot');
const { prepareCompileCache } = require('./compile-cache');

const PLAIN = { execArgv: [], env: {} };

/** By the name of the mode: what workers are started with, after whatever must be made ready for that. */
const PREPARATIONS = {
  off: () => PLAIN,
  // The flag of a leader is the flag of its workers: `node --require app main.js` loads the application in all of them.
  require: ({ app }) => {
    require(app);
    return { ...PLAIN, execArgv: ['--require', app] };
  },
  import: async ({ app }) => {
    await import(app);
    return { ...PLAIN, execArgv: ['--import', app] };
  },
  snapshot: (config) => ({ ...PLAIN, execArgv: ['--snapshot-blob', prepareSnapshot(config)] }),
  'compile-cache': (config) => ({ ...PLAIN, env: { NODE_COMPILE_CACHE: prepareCompileCache(config) } }),
};

const MODES = Object.keys(PREPARATIONS);

/** In the leader: resolves to the flags and the environment of workers. Throws when this Node cannot do it. */
async function prepareWorkers(config) {
  return PREPARATIONS[config.preload](config);
}

/** In a worker: the application. Whether it is loaded here, or has been loaded before, is what the modes differ in. */
function loadApplication({ app }) {
  return loadSnapshotApplication() ?? require(app);
}

module.exports = { MODES, prepareWorkers, loadApplication };
