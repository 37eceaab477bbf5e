/** What signals do to the leader of the pre-fork sample, and its hooks, in real processes. */
import http from 'node:http';
import { describe, expect, it } from 'vitest';
import { useProject } from '../../support/use-project';
import { PreforkService, SMALL_APP, stopAfterEach } from './service';

const project = useProject();
stopAfterEach();

function startSmall(settings = '', env = {}): PreforkService {
  const app = JSON.stringify(project.write('app.cjs', SMALL_APP));
  return new PreforkService(project, {
    settings: `app: ${app}, onStarting() {}, workerReady() {}, preFork() {}, workerExit() {}, ${settings}`,
    env,
  });
}

async function get(url: string): Promise<{ status: number; body: string; connection: string | undefined }> {
  return new Promise((resolve, reject) => {
    http
      .get(url, { agent: false, headers: { connection: 'keep-alive' } }, (response) => {
        let body = '';
        response.setEncoding('utf8').on('data', (text) => {
          body += text;
        });
        response.once('error', reject);
        response.once('end', () =>
          resolve({ status: response.statusCode!, body, connection: response.headers.connection }),
        );
      })
      .once('error', reject);
  });
}

describe('hooks', () => {
  it('run in the leader and in each worker, in order', async () => {
    const say = (name: string) => `${name}(worker) { console.log('hook ${name} ' + process.pid + ' ' + worker?.pid); }`;
    const hooks = ['onStarting', 'preFork', 'postFork', 'workerReady'].map(say).join(', ');
    const exit = `workerExit(worker, reason) { console.log('hook workerExit ' + process.pid + ' ' + worker.pid + ' ' + reason); }`;
    const service = startSmall(`${hooks}, ${exit}`, { WORKERS: '1' });
    const { pid, stdout } = service.process;
    const worker = await service.ready(1);
    service.process.signal('SIGTERM');
    expect(await service.process.ended).toEqual({ code: 0, signal: null });
    expect(stdout.matching(/^hook/)).toEqual([
      `hook onStarting ${pid} undefined`,
      `hook preFork ${pid} undefined`,
      `hook postFork ${worker} ${worker}`,
      `hook workerReady ${worker} ${worker}`,
      `hook workerExit ${worker} ${worker} stop`,
    ]);
  });

  it('that take too long at the end do not hold a worker up, nor does an error', async () => {
    const service = startSmall(`exitTimeoutMs: 50, workerExit: () => new Promise(() => {})`, { WORKERS: '1' });
    const worker = await service.ready(1);
    service.process.signal('SIGTERM');
    expect(await service.left(worker)).toBe('exit status 0');
    const failing = startSmall(`workerExit() { throw new Error('no more'); }`, { WORKERS: '1' });
    const other = await failing.ready(1);
    failing.process.signal('SIGTERM');
    await failing.process.stderr.next(/workerExit failed: Error: no more/);
    expect(await failing.left(other)).toBe('exit status 0');
  });
});

describe('signals to the leader', () => {
  it('TERM: requests under way are answered, with Connection: close; then all leave with 0', async () => {
    const service = startSmall('', { WORKERS: '1' });
    await service.ready(1);
    const url = await service.url();
    const held = get(`${url}/held`);
    await service.process.stdout.next(/^holding/);
    // Open before the signal, so that they can still be used after it.
    const agents = [1, 2].map(() => new http.Agent({ keepAlive: true, maxSockets: 1 }));
    const ask = (path: string, agent = agents[0]!) =>
      new Promise<http.IncomingMessage>((resolve, reject) => {
        http.get(url + path, { agent }, (response) => resolve(response.resume())).once('error', reject);
      });
    for (const agent of agents) expect((await ask('/', agent)).headers.connection).toBe('keep-alive');
    service.process.signal('SIGTERM');
    await service.process.stdout.next(/stopping$/);
    // The leader says so before its worker knows. An answer of the worker's tells when it does.
    while ((await ask('/')).headers.connection !== 'close');
    const closing = await ask('/release', agents[1]);
    expect(closing.statusCode).toBe(200);
    expect(await held).toMatchObject({ status: 200, connection: 'close' });
    for (const agent of agents) agent.destroy();
    expect(await service.process.ended).toEqual({ code: 0, signal: null });
  });

  it('TERM: who does not finish in time is cut off', async () => {
    const service = startSmall('gracefulTimeoutMs: 100', { WORKERS: '1' });
    await service.ready(1);
    const held = get(`${await service.url()}/held`).catch((error) => error.code);
    await service.process.stdout.next(/^holding/);
    service.process.signal('SIGTERM');
    expect(await held).toBe('ECONNRESET');
    expect((await service.process.ended).code).toBe(0);
  });

  it.each(['SIGQUIT', 'SIGINT'] as const)('%s: nobody waits', async (signal) => {
    const service = startSmall();
    await service.ready(2);
    const held = get(`${await service.url()}/held`).catch((error) => error.code);
    await service.process.stdout.next(/^holding/);
    service.process.signal(signal);
    expect(await held).toBe('ECONNRESET');
    expect((await service.process.ended).code).toBe(0);
  });

  it('TTIN and TTOU: one worker more, one less, the oldest; the last one stays', async () => {
    const service = startSmall();
    const { process: leader } = service;
    const first = [await service.ready(1), await service.ready(2)];
    leader.signal('SIGTTIN');
    await service.ready(3);
    leader.signal('SIGTTOU');
    await leader.stdout.next(/has left: exit status 0/, 1);
    leader.signal('SIGTTOU');
    await leader.stdout.next(/has left: exit status 0/, 2);
    leader.signal('SIGTTOU');
    await leader.stdout.next(/workers wanted: 1/, 2);
    const left = leader.stdout.matching(/has left/).map((line) => Number(/pid (\d+)/.exec(line)![1]));
    expect(left.sort()).toEqual(first.sort());
    expect(await get(await service.url())).toMatchObject({ status: 200, body: String(await service.ready(3)) });
  });

  it('HUP: reads the config again and renews every worker; a bad config changes nothing', async () => {
    const service = startSmall();
    const { process: leader } = service;
    const old = [await service.ready(1), await service.ready(2)];
    project.write('prefork.config.js', 'module.exports = { wrokers: 3 };');
    leader.signal('SIGHUP');
    await leader.stderr.next(/not reloaded, all goes on as before: .* no such setting: wrokers/);
    const app = JSON.stringify(project.write('app.cjs', `exports.answer = (_, response) => response.end('new');`));
    project.write('prefork.config.js', `module.exports = { app: ${app}, workers: 1, port: 0 };`);
    leader.signal('SIGHUP');
    await leader.stdout.next(/reload: done/);
    for (const pid of old) expect(await service.left(pid)).toBe('exit status 0');
    expect((await get(await service.url())).body).toBe('new');
  });

  it('USR2 never kills it: it says whom to signal', async () => {
    const service = startSmall();
    const pids = [await service.ready(1), await service.ready(2)];
    service.process.signal('SIGUSR2');
    const line = await service.process.stdout.next(/SIGUSR2 is for a worker/);
    for (const pid of pids) expect(line).toContain(`kill -USR2 ${pid}`);
    expect((await get(await service.url())).status).toBe(200);
  });
});

describe('workers that die', () => {
  it('are replaced', async () => {
    const service = startSmall();
    const [first] = [await service.ready(1), await service.ready(2)];
    service.process.signal('SIGKILL', first);
    expect(await service.left(first)).toBe('SIGKILL');
    await service.ready(3);
  });

  it('stop the leader when none gets ready, with the exit status gunicorn has for it', async () => {
    const service = startSmall(`postFork() { throw new Error('no database'); }`);
    expect((await service.process.ended).code).toBe(3);
    expect(service.process.stderr.all.join('\n')).toContain('no database');
  });
});
