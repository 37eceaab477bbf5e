/**
 * The pre-fork footgun: `cluster.fork()` is fork and exec, so a signal handler of the leader is not in its workers, and
 * a signal without a handler kills.
 */
import { describe, expect, it } from 'vitest';
import { readSession } from '../../../src/session';
import { listSessions } from '../../support/project';
import { useProject } from '../../support/use-project';
import { PreforkService, SMALL_APP, stopAfterEach } from './service';

const project = useProject();
stopAfterEach();

function start(settings: string): PreforkService {
  const app = JSON.stringify(project.write('app.cjs', SMALL_APP));
  return new PreforkService(project, { settings: `app: ${app}, ${settings}`, env: { WORKERS: '1' } });
}

describe('the agent', () => {
  it('installed before the fork only: kill -USR2 kills the worker', async () => {
    const service = start(
      `onStarting() { agent.install({ app: 'shop' }); }, postFork() {}, workerReady() {}, preFork() {}, workerExit() {}`,
    );
    const worker = await service.ready(1);
    service.process.signal('SIGUSR2', worker);
    expect(await service.left(worker)).toBe('SIGUSR2');
  });

  it('installed in postFork: kill -USR2 opens a window, and once more closes it', async () => {
    const service = start(
      `onStarting() {}, postFork() { agent.install({ app: 'shop' }); }, workerReady() {}, preFork() {}, workerExit() {}`,
    );
    const { stderr } = service.process;
    const worker = await service.ready(1);
    service.process.signal('SIGUSR2', worker);
    await stderr.next(/window open/);
    service.process.signal('SIGUSR2', worker);
    await stderr.next(/session complete/);
    const [session] = listSessions(project.dir).map(readSession);
    expect(session!.record).toMatchObject({ app: 'shop', pid: worker, ppid: service.process.pid, workerId: 1 });
  });

  it('is in the workers of the sample as it stands', async () => {
    const service = new PreforkService(project, { env: { WORKERS: '1' } });
    const worker = await service.ready(1);
    service.process.signal('SIGUSR2', worker);
    await service.process.stderr.next(new RegExp(`pid ${worker}: window open`));
  });
});
