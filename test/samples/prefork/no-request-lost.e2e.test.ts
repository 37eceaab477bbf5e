/** Recycling and rolling refresh under load: no request fails. */
import { describe, expect, it } from 'vitest';
// @ts-expect-error plain JavaScript of the sample
import { Load } from '../../../samples/prefork/demo/load';
// @ts-expect-error plain JavaScript of the sample
import { drawRequestLimit } from '../../../samples/prefork/src/request-limit';
import { useProject } from '../../support/use-project';
import { PreforkService, stopAfterEach } from './service';

const project = useProject();
stopAfterEach();

describe('no request fails', () => {
  it('while workers are recycled after maxRequests', async () => {
    const env = { MAX_REQUESTS: '400', MAX_REQUESTS_JITTER: '100' };
    const service = new PreforkService(project, { env });
    await service.ready(2);
    const load = new Load(await service.url(), { clients: 8 });
    const { stdout } = service.process;
    await stdout.next(/has left: exit status 0/, 8);
    await load.stop();
    expect(load.failures).toEqual([]);
    expect(load.answered).toBeGreaterThanOrEqual(8 * 400);
    expect(stdout.matching(/has left: (?!exit status 0)/)).toEqual([]);
    service.process.signal('SIGTERM');
    expect((await service.process.ended).code).toBe(0);
  });

  it.each([1, 2])('while all workers are renewed, %i at a time', async (batchSize) => {
    const settings = `workers: 3, refresh: { batchSize: ${batchSize}, intervalMs: 10 }`;
    const service = new PreforkService(project, { settings });
    const { stdout } = service.process;
    const old = await Promise.all([1, 2, 3].map((nth) => service.ready(nth)));
    const load = new Load(await service.url(), { clients: 8 });
    service.process.signal('SIGHUP');
    await stdout.next(/reload: done/);
    expect(await Promise.all(old.map((pid) => service.left(pid)))).toEqual(Array(3).fill('exit status 0'));
    await load.stop();
    expect(load.failures).toEqual([]);
    expect(load.answered).toBeGreaterThan(0);
    expect(stdout.matching(/is ready/)).toHaveLength(6);
  });

  it('while the sample as it stands is reloaded, twice', async () => {
    const service = new PreforkService(project);
    await service.ready(2);
    const load = new Load(await service.url(), { clients: 8 });
    for (const nth of [1, 2]) {
      service.process.signal('SIGHUP');
      await service.process.stdout.next(/reload: done/, nth);
    }
    await load.stop();
    expect(load.failures).toEqual([]);
    expect(service.process.stdout.matching(/is ready/)).toHaveLength(6);
  });

  it('while they are renewed by the clock', async () => {
    const settings = `refresh: { everyMs: 300, batchSize: 2, intervalMs: 10 }`;
    const service = new PreforkService(project, { settings });
    await service.ready(2);
    const load = new Load(await service.url(), { clients: 8 });
    await service.process.stdout.next(/refresh: done/, 2);
    await load.stop();
    expect(load.failures).toEqual([]);
  });
});

it('the limit of a worker is drawn between maxRequests and maxRequests + maxRequestsJitter', () => {
  const limit = { maxRequests: 400, maxRequestsJitter: 100 };
  expect(drawRequestLimit(limit, () => 0)).toBe(400);
  expect(drawRequestLimit(limit, () => 0.999_999)).toBe(500);
  expect(drawRequestLimit({ maxRequests: 0, maxRequestsJitter: 100 })).toBe(Number.POSITIVE_INFINITY);
});
