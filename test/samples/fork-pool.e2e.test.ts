/** Workers made with child_process.fork(): each has its own agent, and leaves its evidence when it is recycled. */
import path from 'node:path';
import { expect, it } from 'vitest';
import { readSession } from '../../src/session';
import { NodeProcess } from '../support/node-process';
import { listSessions, REPOSITORY } from '../support/project';
import { useProject } from '../support/use-project';

const project = useProject();

const POOL = JSON.stringify(path.join(REPOSITORY, 'samples', 'fork-pool', 'pool.js'));

function startPool(script: string): NodeProcess {
  const file = project.write('main.cjs', `const { Pool } = require(${POOL});\n(async () => {${script}})();`);
  return new NodeProcess([file], { cwd: project.root, env: { HEAPDIFF_DIR: project.dir, HEAPDIFF_MODE: 'profile' } });
}

it('a worker catches the signal, and its growth is told by jobs', async () => {
  const app = startPool(`
    const pool = new Pool({ workers: 1 });
    const { pid } = await pool.run('warm-up');
    console.log('worker ' + pid);
    process.stdin.once('data', async () => {
      for (let job = 0; job < 500; job += 1) await pool.run('job-' + job);
      console.log('worked');
    });
  `);
  const worker = Number((await app.stdout.next(/^worker/)).split(' ')[1]);
  app.signal('SIGUSR2', worker);
  await app.stderr.next(/window open/);
  app.command('work');
  await app.stdout.next(/^worked/);
  app.signal('SIGUSR2', worker);
  await app.stderr.next(/session complete/);
  const { record } = readSession(listSessions(project.dir)[0]!);
  expect(record).toMatchObject({ app: 'jobs', pid: worker, ppid: app.pid, workerId: null });
  expect(record.after.units.job! - record.before.units.job!).toBe(500);
});

it('every job is done, and every recycled worker leaves a session', async () => {
  const app = startPool(`
    const pool = new Pool({ workers: 2, jobsPerWorker: 200 });
    const jobs = Array.from({ length: 1000 }, (_, job) => pool.run('job-' + job));
    console.log('done ' + (await Promise.all(jobs)).length);
    await pool.close();
  `);
  expect(await app.stdout.next(/^done/)).toBe('done 1000');
  expect(await app.ended).toEqual({ code: 0, signal: null });
  const records = listSessions(project.dir).map((folder) => readSession(folder).record);
  expect(records.filter(({ recycled }) => recycled === 'jobs-per-worker')).toHaveLength(4);
  const full = records.filter(({ recycled }) => recycled === 'jobs-per-worker');
  expect(full.map(({ after }) => after.units.job)).toEqual([200, 200, 200, 200]);
});
