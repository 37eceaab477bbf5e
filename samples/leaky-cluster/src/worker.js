'use strict';
const agent = require('heapdiff/agent');
const { createService } = require('./server');

const PORT = Number(process.env.PORT ?? 3000);

/** The post-fork hook: what runs in every worker, before it takes its first request. */
function startWorker() {
  agent.install({ app: 'quotes' });

  const server = createService();
  server.on('error', (error) => {
    const advice = error.code === 'EADDRINUSE' ? '; PORT=0 picks a free one' : '';
    console.error(`cannot listen on port ${PORT}: ${error.message}${advice}`);
    process.exit(1);
  });
  server.listen(PORT, '127.0.0.1');

  const stop = () => server.close(() => process.exit(0));
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}

module.exports = { startWorker };
