/** A process that ends in every state of the agent, in every way: no file has its final name before it is whole. */
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { COMMONJS_APP } from '../agent/apps';
import { NodeProcess } from '../support/node-process';
import { listSessions } from '../support/project';
import { useProject } from '../support/use-project';
import { inspectDirectory, until } from './surroundings';

const project = useProject();

/** `hang`: the end whose hook never settles. */
async function startApp(hang: 'before' | 'after' | null = null): Promise<NodeProcess> {
  const hook = `({ end }) => end === '${hang}' && (console.log('in hook'), new Promise(() => {}))`;
  const install = `require('heapdiff/agent').install({ mode: 'snapshot', hookTimeoutMs: 600000, beforeCapture: ${hook} });`;
  const file = project.write('app.cjs', install + COMMONJS_APP);
  const app = new NodeProcess([file], { cwd: project.root, env: { HEAPDIFF_DIR: project.dir } });
  await app.stdout.next(/^ready/);
  return app;
}

/** Makes the pauses long enough to be hit. */
async function fill(app: NodeProcess): Promise<void> {
  await app.ask('leak 100000');
}

async function openWindow(app: NodeProcess): Promise<void> {
  app.signal();
  await app.stderr.next(/window open/);
}

async function inPause(app: NodeProcess, name: string): Promise<void> {
  app.signal();
  await app.stderr.next(name.startsWith('a') ? /writing a/ : /writing b/);
  const [folder] = listSessions(project.dir);
  await until(folder!, () => fs.existsSync(path.join(folder!, `${name}.partial`)));
}

/** Brings a new process into each state in which it can be hit. */
const STATES: Record<string, () => Promise<NodeProcess>> = {
  idle: () => startApp(),
  'starting, in the hook': async () => {
    const app = await startApp('before');
    app.signal();
    await app.stdout.next(/in hook/);
    return app;
  },
  'starting, in the pause': async () => {
    const app = await startApp();
    await fill(app);
    await inPause(app, 'a.heapsnapshot');
    return app;
  },
  tracking: async () => {
    const app = await startApp();
    await openWindow(app);
    return app;
  },
  'capturing, in the hook': async () => {
    const app = await startApp('after');
    await openWindow(app);
    app.signal();
    await app.stdout.next(/in hook/);
    return app;
  },
  'capturing, in the pause': async () => {
    const app = await startApp();
    await openWindow(app);
    await fill(app);
    await inPause(app, 'b.heapsnapshot');
    return app;
  },
};

const ENDINGS: Record<string, (app: NodeProcess) => void> = {
  SIGKILL: (app) => app.signal('SIGKILL'),
  SIGTERM: (app) => app.signal('SIGTERM'),
  exit: (app) => app.command('exit'),
};

const CASES = Object.keys(STATES).flatMap((state) => Object.keys(ENDINGS).map((ending) => [state, ending] as const));

describe('a process that ends', () => {
  it.each(CASES)('%s, by %s', async (state, ending) => {
    const app = await STATES[state]!();
    ENDINGS[ending]!(app);
    const { code, signal } = await app.ended;
    expect([code, signal]).toEqual(ending === 'exit' ? [0, null] : [null, ending]);
    // Whatever is there is whole, or has no final name.
    const { complete, interrupted, unfinished } = inspectDirectory(project.dir);
    if (state === 'tracking' && ending !== 'SIGKILL') expect(interrupted).toHaveLength(1);
    if (ending === 'exit') expect(unfinished).toEqual([]);

    await startApp();
    const agents = path.join(project.dir, '.agents');
    await until(agents, () => !fs.readdirSync(agents).some((name) => name.endsWith('.open')));
    const after = inspectDirectory(project.dir);
    expect(after.unfinished).toEqual([]);
    expect(after.complete.length + after.interrupted.length).toBe(complete.length + interrupted.length);
    expect(after.traces.filter((name) => !name.endsWith('capture.lock'))).toEqual([]);
  });
});

it('a lock whose holder was killed in its pause does not hold up the next', async () => {
  const killed = await STATES['starting, in the hook']!();
  await killed.stop();
  const next = await startApp();
  await openWindow(next);
  next.signal();
  await next.stderr.next(/session complete/);
  expect(next.stderr.matching(/waiting for/)).toEqual([]);
});
