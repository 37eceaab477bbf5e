/** What an application opens when it is loaded shows in the leader that preloads it, and only there. */
import { describe, expect, it } from 'vitest';
import { useProject } from '../../support/use-project';
import { PreforkService, stopAfterEach } from './service';

const project = useProject();
stopAfterEach();

const CARELESS = `
const timer = setInterval(function reportMetrics() {}, 60_000);
exports.log = require('node:fs').openSync(__dirname + '/app.log', 'a');
exports.answer = (_, response) => response.end('ok');
`;

function start(env: Readonly<Record<string, string>>): PreforkService {
  const settings = `app: ${JSON.stringify(project.write('careless.cjs', CARELESS))}`;
  return new PreforkService(project, { settings, env: { WORKERS: '1', ...env } });
}

describe('a careless application', () => {
  it('preloaded: the leader lists what it has opened, and forks', async () => {
    const service = start({ PRELOAD: 'require' });
    await service.ready(1);
    const lines = service.process.stderr.matching(/open before the fork/);
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatch(/1 of 2: timer interval of 60000 ms, made by .*careless\.cjs:2/);
    expect(lines[1]).toMatch(/2 of 2: file .*app\.log, fd \d+, made by .*careless\.cjs:3/);
  });

  it('preloaded, with the guard set to fail: the leader does not fork', async () => {
    const service = start({ PRELOAD: 'require', PRE_FORK_GUARD: 'fail' });
    expect((await service.process.ended).code).toBe(3);
    expect(service.process.stderr.all.at(-1)).toMatch(
      /2 resources are open before the fork: timer interval of 60000 ms/,
    );
    expect(service.process.stdout.matching(/is ready/)).toEqual([]);
  });

  it('not preloaded: opens it in its workers, where it belongs', async () => {
    const service = start({ PRE_FORK_GUARD: 'fail' });
    await service.ready(1);
    expect(service.process.stderr.matching(/open before the fork/)).toEqual([]);
  });
});
