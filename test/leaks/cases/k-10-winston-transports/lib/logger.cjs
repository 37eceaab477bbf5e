'use strict';
const winston = require('winston');

const logger = winston.createLogger({ level: 'info', format: winston.format.json() });
logger.setMaxListeners(0);

module.exports = { logger };
