/** Recycling hides leaks. The sessions that recycled workers leave show the trend. */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { expect, it } from 'vitest';
// @ts-expect-error plain JavaScript of the sample
import { Load } from '../../../samples/prefork/demo/load';
import { readSession } from '../../../src/session';
import { listSessions, REPOSITORY } from '../../support/project';
import { useProject } from '../../support/use-project';
import { PreforkService, stopAfterEach } from './service';

const project = useProject();
stopAfterEach();

const LEAKY = `
const visits = [];
class Visit { constructor(url) { this.url = url; this.trail = new Array(200).fill(url); } }
exports.answer = (request, response) => { visits.push(new Visit(request.url)); response.end('ok'); };
`;

it('every recycled worker leaves a session with its growth per request, and heapdiff runs shows them', async () => {
  const settings = `app: ${JSON.stringify(project.write('leaky.cjs', LEAKY))}`;
  const service = new PreforkService(project, { settings, env: { MAX_REQUESTS: '3000' } });
  await service.ready(2);
  const load = new Load(await service.url(), { clients: 4 });
  await service.process.stdout.next(/has left: exit status 0/, 3);
  await load.stop();
  expect(load.failures).toEqual([]);
  service.process.signal('SIGTERM');
  await service.process.ended;

  const sessions = listSessions(project.dir).map(readSession);
  const recycled = sessions.filter(({ record }) => record.recycled === 'max-requests');
  expect(recycled.length).toBeGreaterThanOrEqual(3);
  for (const { record, profile } of recycled) {
    expect(record).toMatchObject({ closedBy: 'recycled', captureMode: 'profile', runMode: { kind: 'non-preload' } });
    expect(record.after.units.request).toBeGreaterThanOrEqual(3000);
    expect(record.bootMs).toBeGreaterThan(0);
    expect(profile).not.toBeNull();
  }
  // The workers of the end were stopped by the leader.
  expect(sessions.filter(({ record }) => record.recycled === 'stop').length).toBeGreaterThanOrEqual(1);

  const cli = path.join(REPOSITORY, 'dist/cli/main.js');
  const { status, stdout } = spawnSync(process.execPath, [cli, 'runs', project.dir], { encoding: 'utf8' });
  expect(status).toBe(0);
  expect(stdout).toMatch(/leaky\.cjs/);
});
