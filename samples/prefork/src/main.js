'use strict';
/** `node src/main.js [config file]`: the leader; cluster.fork() runs this file again in every worker. */
const cluster = require('node:cluster');
const { loadConfig } = require('./config');

const configFile = process.argv[2];

if (cluster.isPrimary) require('./leader').startLeader(() => loadConfig(configFile));
else require('./worker').startWorker(loadConfig(configFile));
