/**
 * pm2 in cluster mode, as samples/pm2 has it: signals to a worker, and what a worker leaves that pm2 restarts because of
 * its memory. Runs where pm2 is installed (`npm ci` in samples/pm2); tests install nothing.
 */
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readSession } from '../../src/session';
import { NodeProcess } from '../support/node-process';
import { listSessions, REPOSITORY } from '../support/project';
import { useProject } from '../support/use-project';

const SAMPLE = path.join(REPOSITORY, 'samples', 'pm2');
const PM2 = path.join(SAMPLE, 'node_modules', 'pm2', 'bin', 'pm2-runtime');
const installed = fs.existsSync(PM2) && fs.existsSync(path.join(SAMPLE, 'node_modules', 'heapdiff'));

const project = useProject();

function startPm2(env: Record<string, string>): NodeProcess {
  const home = { PM2_HOME: path.join(project.root, 'pm2'), HOME: project.root };
  const own = { HEAPDIFF_DIR: project.dir, HEAPDIFF_MODE: 'profile', PORT: '0', WORKERS: '1' };
  return new NodeProcess([PM2, 'start', 'ecosystem.config.js'], { cwd: SAMPLE, env: { ...home, ...own, ...env } });
}

async function get(url: string): Promise<string> {
  return new Promise((resolve, reject) => {
    http
      .get(url, { agent: false }, (response) => {
        let body = '';
        response.setEncoding('utf8').on('data', (text) => {
          body += text;
        });
        response.once('end', () => resolve(body.trim()));
      })
      .once('error', reject);
  });
}

/** pm2-runtime passes on what workers print. */
async function nextWorker(pm2: NodeProcess, nth = 1): Promise<{ pid: number; url: string }> {
  const line = await pm2.stdout.next(/pid \d+ listens on http/, nth);
  const [, pid, url] = /pid (\d+) listens on (\S+)/.exec(line)!;
  return { pid: Number(pid), url: url! };
}

async function stop(pm2: NodeProcess): Promise<void> {
  pm2.signal('SIGINT');
  await pm2.ended;
}

describe.skipIf(!installed)('pm2 in cluster mode (skipped unless `npm ci` was run in samples/pm2)', () => {
  it('a worker catches the signal', async () => {
    const pm2 = startPm2({});
    const { pid, url } = await nextWorker(pm2);
    pm2.signal('SIGUSR2', pid);
    await pm2.stderr.next(/window open/);
    expect(await get(url)).toBe(String(pid));
    pm2.signal('SIGUSR2', pid);
    await pm2.stderr.next(/session complete/);
    const { record } = readSession(listSessions(project.dir)[0]!);
    expect(record).toMatchObject({ app: 'shop', pid, ppid: pm2.pid, closedBy: 'signal' });
    expect(record.after.units).toEqual({ request: 1 });
    await stop(pm2);
  });

  it('a worker that is restarted because of its memory leaves its evidence first', async () => {
    const pm2 = startPm2({ MAX_MEMORY: '150M', BASKET: '20000', PM2_WORKER_INTERVAL: '300' });
    const { pid, url } = await nextWorker(pm2);
    let requests = 0;
    // 160 kB each, until the worker is over its limit and pm2 has looked; its successor is not asked any more.
    for (let answer = String(pid); answer === String(pid); requests += 1) answer = await get(url);
    await pm2.stderr.next(new RegExp(`pid ${pid}: recycled \\(pm2\\), evidence left`));
    const { record, profile } = readSession(listSessions(project.dir)[0]!);
    expect(record).toMatchObject({ pid, captureMode: 'profile', closedBy: 'recycled', recycled: 'pm2' });
    expect(record.after.units.request).toBe(requests - 1);
    expect(record.after.memory.process.rss).toBeGreaterThan(150e6);
    expect(fs.readFileSync(profile!, 'utf8')).toContain('server.js');
    expect((await nextWorker(pm2, 2)).pid).not.toBe(pid);
    await stop(pm2);
  });
});
