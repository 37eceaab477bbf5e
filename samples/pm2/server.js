/** One worker. pm2 starts it several times and shares the port among them, through node:cluster. */
const http = require('node:http');
const agent = require('heapdiff/agent').install({ app: 'shop', evidence: true });

const EVIDENCE_LIMIT_MS = 5_000;

/** Never emptied: what a restart at `max_memory_restart` would hide. */
const visits = [];

class Visit {
  constructor(url) {
    this.url = url;
    this.basket = new Array(Number(process.env.BASKET ?? 500)).fill(visits.length);
  }
}

const server = http.createServer((request, response) => {
  visits.push(new Visit(request.url));
  response.end(`${process.pid}\n`);
});

server.listen(Number(process.env.PORT ?? 3000), '127.0.0.1', async () => {
  await agent.ready();
  console.log(`pid ${process.pid} listens on http://127.0.0.1:${server.address().port}`);
  process.send?.('ready');
});

/** pm2 sends SIGINT before it restarts or stops a worker, also because of its memory. */
process.once('SIGINT', async () => {
  const closed = new Promise((resolve) => server.close(resolve));
  await Promise.all([closed, agent.leaveEvidence({ reason: 'pm2', timeoutMs: EVIDENCE_LIMIT_MS })]);
  process.exit(0);
});
