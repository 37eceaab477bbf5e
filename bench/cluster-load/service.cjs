/**
 * The service of cluster-load.mjs: a primary and two workers that allocate for every request, over a live heap of
 * 100,000 objects. Environment: HEAPDIFF_TEST_AGENT, the agent's file, or nothing for a service without it.
 */
const cluster = require('node:cluster');
const http = require('node:http');

if (cluster.isPrimary) lead();
else serve();

/** Passes on what the bench and the workers say to each other. */
function lead() {
  let up = 0;
  for (let i = 0; i < 2; i += 1) {
    cluster.fork().on('message', (message) => {
      if (message.type === 'up') up += 1;
      if (message.type !== 'up') process.send(message);
      else if (up === 2) process.send({ type: 'up', port: message.port });
    });
  }
  process.on('message', (message) => {
    for (const worker of Object.values(cluster.workers)) worker.send(message);
  });
  process.on('disconnect', () => process.exit());
}

function serve() {
  const live = Array.from({ length: 100_000 }, (_, id) => ({ id, name: `n${id}` }));
  let cursor = 0;
  let requests = 0;
  const work = () => {
    const batch = [];
    for (let i = 0; i < 2000; i += 1) batch.push({ id: i, tags: [i, i + 1], name: `item${i}` });
    for (let i = 0; i < 20; i += 1) {
      live[cursor] = batch[i];
      cursor = (cursor + 1) % live.length;
    }
    return batch.length;
  };
  const server = http.createServer((_, response) => {
    requests += 1;
    response.end(String(work()));
  });
  const listen = (done) => server.listen(0, done);
  if (process.env.HEAPDIFF_TEST_AGENT) {
    const { install } = require(process.env.HEAPDIFF_TEST_AGENT);
    install({
      force: true,
      // The sibling takes the connections; what this worker has begun it finishes.
      beforeCapture: () => new Promise((done) => server.close(done)),
      afterCapture: () => new Promise((done) => listen(done)),
    });
  }
  process.on('message', ({ type, worker }) => {
    if (type === 'measure') {
      const { user, system } = process.cpuUsage();
      process.send({ type: 'measure', worker: cluster.worker.id, pid: process.pid, requests, cpu: user + system });
    } else if (type === 'snapshot' && worker === cluster.worker.id) {
      require('node:v8').writeHeapSnapshot(process.env.HEAPDIFF_TEST_OUT);
      process.send({ type: 'snapshot' });
    }
  });
  listen(() => process.send({ type: 'up', port: server.address().port }));
}
