/**
 * Signals at random times under load. `HEAPDIFF_TEST_STORM`: how many seconds; a full storm is 60 and 10,000 signals.
 */
import http from 'node:http';
import { expect, it } from 'vitest';
import { NodeProcess } from '../support/node-process';
import { useProject } from '../support/use-project';
import { inspectDirectory } from './surroundings';

const SECONDS = Number(process.env.HEAPDIFF_TEST_STORM || 5);
const SIGNALS = Math.round((10_000 / 60) * SECONDS);
/** What `keep` leaves, so that a storm does not fill the disk. */
const KEEP = 20;

/** Serves requests, allocates for each, and keeps some of it for a while. */
const APP = `
const kept = [];
const server = require('node:http').createServer((request, response) => {
  kept.push(Array.from({ length: 50 }, (_, i) => ({ id: i, url: request.url })));
  if (kept.length > 500) kept.splice(0, 250);
  response.end('served');
});
server.listen(0, () => console.log('ready ' + server.address().port));
process.stdin.on('data', () => process.exit(0));
`;

const project = useProject();

it(`survives ${SIGNALS} signals in ${SECONDS} s under load`, { timeout: SECONDS * 1000 + 240_000 }, async () => {
  const app = new NodeProcess(['--require', 'heapdiff/register', project.write('app.cjs', APP)], {
    cwd: project.root,
    env: { HEAPDIFF_DIR: project.dir, HEAPDIFF_MODE: 'snapshot', HEAPDIFF_KEEP: String(KEEP) },
  });
  const port = Number((await app.stdout.next(/^ready/)).split(' ')[1]);
  const load = startLoad(port);
  await sendSignals(app);
  // A slow machine may need longer than a short storm for one session.
  while (app.stderr.matching(/session complete/).length === 0) {
    app.signal();
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  const { served, failed } = await load.stop();
  app.command('exit');
  expect(await app.ended).toEqual({ code: 0, signal: null });

  const { complete, interrupted, unfinished, traces } = inspectDirectory(project.dir);
  const sessions = app.stderr.matching(/session complete/).length;
  const removed = app.stderr.matching(/removed as keep/).length;
  const ignored = complete.reduce((sum, record) => sum + record.ignoredSignals, 0);
  console.log(
    `${SIGNALS} signals in ${SECONDS} s: ${sessions} sessions completed (${complete.length} kept), ` +
      `${interrupted.length} interrupted by the end, ${ignored} signals without effect in those kept, ${served} requests served, ${failed} failed`,
  );
  expect(failed).toBe(0);
  expect(served).toBeGreaterThan(0);
  expect(sessions).toBeGreaterThan(0);
  expect(unfinished).toEqual([]);
  expect(traces).toEqual([]);
  expect(interrupted.length).toBeLessThanOrEqual(1);
  expect(complete.length).toBeLessThanOrEqual(KEEP + 1);
  expect(complete.length + interrupted.length).toBeGreaterThanOrEqual(Math.min(sessions, KEEP));
  expect(removed > 0).toBe(sessions > KEEP);
  expect(app.stderr.matching(/failed|refused/)).toEqual([]);
});

/** At random moments: a burst now, nothing for a while then. Seeded, so that a failure can be met again. */
async function sendSignals(app: NodeProcess): Promise<void> {
  let seed = 42;
  const random = () => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return seed / 2_147_483_648;
  };
  const times = Array.from({ length: SIGNALS }, () => random() * SECONDS * 1000).sort((a, b) => a - b);
  const begin = performance.now();
  for (const time of times) {
    const wait = time - (performance.now() - begin);
    if (wait > 1) await new Promise((resolve) => setTimeout(resolve, wait));
    app.signal();
  }
}

interface LoadResult {
  readonly served: number;
  readonly failed: number;
}

/** Requests one after the other on four connections, until stopped. */
function startLoad(port: number): { stop: () => Promise<LoadResult> } {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 4 });
  let stopped = false;
  let served = 0;
  let failed = 0;
  const request = () =>
    new Promise<boolean>((resolve) => {
      http
        .get({ port, agent, path: '/work' }, (response) => response.resume().on('end', () => resolve(true)))
        .on('error', () => resolve(false));
    });
  const run = async () => {
    while (!stopped) {
      if (await request()) served += 1;
      else failed += 1;
    }
  };
  const runs = Promise.all(Array.from({ length: 4 }, run));
  return {
    stop: async () => {
      stopped = true;
      await runs;
      agent.destroy();
      return { served, failed };
    },
  };
}
