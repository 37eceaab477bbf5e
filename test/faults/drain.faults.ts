/** A cluster under steady load whose worker is captured: with a drain hook no request fails. */
import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { NodeProcess } from '../support/node-process';
import { useProject } from '../support/use-project';
import { inspectDirectory } from './surroundings';

/** Two workers; each leaves the rotation around its pauses, as docs/safe-capture.md shows. */
const APP = `
const cluster = require('node:cluster');
if (cluster.isPrimary) {
  const ready = [];
  for (let i = 0; i < 2; i++) cluster.fork().on('listening', () => {
    if (ready.push(i) === 2) console.log('ready ' + cluster.workers[1].process.pid);
  });
} else {
  const server = require('node:http').createServer((request, response) => response.end(String(process.pid)));
  globalThis.held = Array.from({ length: 100000 }, (_, id) => ({ id, name: 'n' + id }));
  require('heapdiff/agent').install({
    mode: 'snapshot',
    beforeCapture: () => new Promise((done) => { server.close(done); server.closeIdleConnections(); }),
    afterCapture: () => new Promise((done) => server.listen(process.env.APP_PORT, done)),
  });
  server.listen(process.env.APP_PORT);
}
`;

const project = useProject();

it('a captured worker that drains costs no request', async () => {
  const port = await findFreePort();
  const app = new NodeProcess([project.write('app.cjs', APP)], {
    cwd: project.root,
    env: { HEAPDIFF_DIR: project.dir, APP_PORT: String(port) },
  });
  const pid = Number((await app.stdout.next(/^ready/)).split(' ')[1]);
  let stopped = false;
  const outcomes: Outcome[] = [];
  const load = (async () => {
    while (!stopped) outcomes.push(await request(port));
  })();
  app.signal('SIGUSR2', pid);
  await app.stderr.next(/window open/);
  app.signal('SIGUSR2', pid);
  await app.stderr.next(/session complete/);
  stopped = true;
  await load;
  const [record] = inspectDirectory(project.dir).complete;
  const pause = Math.max(record!.before.pauseMs, record!.after.pauseMs);
  const longest = Math.max(...outcomes.map(({ ms }) => ms));
  const failed = outcomes.filter(({ error }) => error !== null);
  console.log(
    `${outcomes.length} requests, ${failed.length} failed; longest pause ${Math.round(pause)} ms, longest request ${Math.round(longest)} ms`,
  );
  expect(failed).toEqual([]);
  expect(outcomes.length).toBeGreaterThan(10);
});

/** The workers must name it: port 0 would be another one when they listen again. */
async function findFreePort(): Promise<number> {
  const server = http.createServer().listen(0);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

interface Outcome {
  readonly ms: number;
  readonly error: string | null;
}

/** One request on a connection of its own. */
function request(port: number): Promise<Outcome> {
  const begin = performance.now();
  return new Promise((resolve) => {
    const settle = (error: string | null) => resolve({ ms: performance.now() - begin, error });
    http
      .get({ port, agent: false }, (response) => response.resume().on('end', () => settle(null)))
      .on('error', (error) => settle(error.message));
  });
}
