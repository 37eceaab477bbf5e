'use strict';
const cluster = require('node:cluster');

// cluster.fork() runs this file again in every worker.
if (cluster.isPrimary) require('./primary').startPrimary();
else require('./worker').startWorker();
