import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { EXIT } from '../../src/errors';
import { AGENT_SCHEMA, AGENTS_FOLDER, type AgentPresence } from '../../src/presence';
import { ROOT, runCli } from '../support/run-cli';

let dir: string;
beforeEach(() => {
  dir = fs.mkdtempSync(path.join(os.tmpdir(), 'heapdiff-ps-'));
});
afterEach(() => fs.rmSync(dir, { recursive: true, force: true }));

function writePresence(more: Partial<AgentPresence>): void {
  const presence: AgentPresence = {
    schema: AGENT_SCHEMA,
    ...{
      pid: process.pid,
      ppid: process.ppid,
      workerId: 2,
      app: 'shop',
      launcher: null,
      signal: 'SIGUSR2',
      mode: 'snapshot',
    },
    ...{
      state: 'tracking',
      sessions: 1,
      lastSession: '/data/heapdiff/shop-1-1',
      units: null,
      failure: null,
      nodeVersion: 'v20.20.2',
    },
    ...{ installedAt: Date.now() - 90_000, startTicks: null },
    ...more,
  };
  const folder = path.join(dir, AGENTS_FOLDER);
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(path.join(folder, `${presence.pid}.json`), JSON.stringify(presence));
}

it('lists processes that run, with worker, state and last session', () => {
  writePresence({});
  writePresence({ pid: 2 ** 22 + 1 }); // above the kernel's largest pid: it cannot run
  const { status, stdout, stderr } = runCli(['ps'], { env: { HEAPDIFF_DIR: dir } });
  expect({ status, stderr }).toEqual({ status: EXIT.done, stderr: '' });
  const [head, ...rows] = stdout.trimEnd().split('\n');
  expect(head!.trim().split(/ {2,}/)).toEqual([
    'pid',
    'worker',
    'app',
    'state',
    'mode',
    'signal',
    'up',
    'last session',
  ]);
  expect(rows).toHaveLength(1);
  const pattern = `^ *${process.pid} +2 +shop +tracking +snapshot +SIGUSR2 +1 min 3\\d s +/data/heapdiff/shop-1-1$`;
  expect(rows[0]).toMatch(new RegExp(pattern));
  expect(runCli(['ps', '--dir', dir]).stdout).toMatch(new RegExp(pattern, 'm'));
  expect(JSON.parse(runCli(['ps', '--dir', dir, '--json']).stdout)).toMatchObject([{ pid: process.pid }]);
});

it('does not list itself, where NODE_OPTIONS give it the agent too', () => {
  const NODE_OPTIONS = `--require ${path.join(ROOT, 'dist/agent/register.js')}`;
  const { stdout } = runCli(['ps', '--json'], { env: { HEAPDIFF_DIR: dir, NODE_OPTIONS } });
  expect(JSON.parse(stdout)).toEqual([]);
});

it('says where it looked when there is none', () => {
  const { status, stdout } = runCli(['ps', '--dir', dir]);
  expect(status).toBe(EXIT.done);
  expect(stdout).toContain(`No process with the agent writes to ${dir}.`);
  expect(JSON.parse(runCli(['ps', '--dir', dir, '--json']).stdout)).toEqual([]);
});
