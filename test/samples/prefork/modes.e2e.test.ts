/** The same service in every mode of preloading, and what the agent's record says of each. */
import http from 'node:http';
import { describe, expect, it } from 'vitest';
import { readSession } from '../../../src/session';
import { NodeProcess } from '../../support/node-process';
import { listSessions } from '../../support/project';
import { useProject } from '../../support/use-project';
import { PreforkService, stopAfterEach } from './service';

const project = useProject();
stopAfterEach();

/** A build directory of its own, and sessions without snapshots: quick, and all that the modes differ in is recorded. */
function start(mode: string): PreforkService {
  const settings = `buildDir: ${JSON.stringify(`${project.root}/build`)}`;
  return new PreforkService(project, { settings, env: { PRELOAD: mode, WORKERS: '1', HEAPDIFF_MODE: 'profile' } });
}

async function hasCompileCache(): Promise<boolean> {
  const node = new NodeProcess(['-p', 'typeof require("node:module").enableCompileCache'], { cwd: project.root });
  await node.ended;
  return node.stdout.all[0] === 'function';
}

async function askStatus(url: string): Promise<{ pid: number; places: number }> {
  return new Promise((resolve, reject) => {
    http
      .get(`${url}/status`, { agent: false }, (response) => {
        let body = '';
        response.setEncoding('utf8').on('data', (text) => {
          body += text;
        });
        response.once('end', () => resolve(JSON.parse(body)));
      })
      .once('error', reject);
  });
}

async function captureSession(service: PreforkService, pid: number) {
  const { stderr } = service.process;
  service.process.signal('SIGUSR2', pid);
  await stderr.next(/window open/);
  service.process.signal('SIGUSR2', pid);
  await stderr.next(/session complete/);
  return readSession(listSessions(project.dir)[0]!).record;
}

describe('the sample, preloaded by', () => {
  it.each([
    ['off', 'non-preload', /no --require/],
    ['require', 'preload', /^--require .*app\/index\.js$/],
    ['import', 'preload', /^--import .*app\/index\.js$/],
    ['snapshot', 'snapshot-blob', /^--snapshot-blob$/],
  ])('%s: serves, catches the signal, and is recorded as %s', async (mode, kind, detectedBy) => {
    const service = start(mode);
    const worker = await service.ready(1);
    expect(await askStatus(await service.url())).toEqual({ pid: worker, places: 25_000 });
    const record = await captureSession(service, worker);
    expect(record.runMode.kind).toBe(kind);
    expect(record.runMode.detectedBy).toMatch(detectedBy);
    expect(record.runMode.compileCache).toBeNull();
    expect(record.bootMs).toBeGreaterThan(0);
    expect(record.before.memory.process.heapUsed).toBeGreaterThan(40e6);
    service.process.signal('SIGTERM');
    expect((await service.process.ended).code).toBe(0);
  });

  it('compile-cache: is recorded with its folder; a Node without one is named', async () => {
    const service = start('compile-cache');
    if (await hasCompileCache()) {
      const record = await captureSession(service, await service.ready(1));
      expect(record.runMode.kind).toBe('non-preload');
      expect(record.runMode.compileCache).toMatch(/build\/compile-cache/);
    } else {
      expect((await service.process.ended).code).toBe(3);
      expect(service.process.stderr.all.join()).toMatch(/Node v\S+ has no compile cache: .* came with 22\.1/);
    }
  });

  it('snapshot: a new release is in the snapshot that HUP builds', async () => {
    const service = start('snapshot');
    await service.ready(1);
    const app = project.write('app.cjs', `exports.answer = (_, response) => response.end('{"places":1}');`);
    const settings = `app: ${JSON.stringify(app)}, preload: 'snapshot', buildDir: ${JSON.stringify(`${project.root}/build`)}`;
    project.write('prefork.config.js', `module.exports = { ${settings}, workers: 1, port: 0 };`);
    service.process.signal('SIGHUP');
    await service.process.stdout.next(/reload: done/);
    expect((await askStatus(await service.url())).places).toBe(1);
  });

  it('a snapshot that cannot be built is explained: a listener for a signal cannot be frozen', async () => {
    const app = project.write('app.cjs', `process.on('SIGUSR2', () => {}); exports.answer = () => {};`);
    const settings = `app: ${JSON.stringify(app)}, preload: 'snapshot', buildDir: ${JSON.stringify(`${project.root}/build`)}`;
    const service = new PreforkService(project, { settings });
    expect((await service.process.ended).code).toBe(3);
    expect(service.process.stderr.all.join('\n')).toMatch(/no startup snapshot of .*app\.cjs can be built/);
  });
});
