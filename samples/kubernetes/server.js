// A service with probes that takes itself out of rotation around each pause.
const http = require('node:http');
const { setTimeout: sleep } = require('node:timers/promises');
const { install } = require('heapdiff/agent');

// Longer than the readiness probe's period and the time until the last load balancer has heard of it.
const DRAIN_MS = Number(process.env.DRAIN_MS ?? 5000);

let ready = true;

install({
  beforeCapture: async () => {
    ready = false;
    await sleep(DRAIN_MS);
  },
  afterCapture: () => {
    ready = true;
  },
});

const server = http.createServer((request, response) => {
  const ok = request.url !== '/ready' || ready;
  response.writeHead(ok ? 200 : 503).end(ok ? 'ok\n' : 'not ready\n');
});
server.listen(Number(process.env.PORT ?? 8080), () => console.log(`listening on ${server.address().port}`));
process.on('SIGTERM', () => server.close());
