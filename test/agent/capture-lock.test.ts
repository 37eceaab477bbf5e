import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CaptureLock } from '../../src/agent/capture-lock';
import { describeSelf, type Owner } from '../../src/agent/owner';
import { createProject, type TestProject } from '../support/project';

let project: TestProject;
beforeEach(() => {
  project = createProject();
});
afterEach(() => project.remove());

const fileOfLock = () => path.join(project.dir, '.agents', 'capture.lock');
const take = (longestWait = 60_000, onWait: (holder: Owner) => void = () => {}) =>
  CaptureLock.acquire(project.dir, { onWait, longestWait });

describe('CaptureLock', () => {
  it('is held by one at a time; the others learn who that is', async () => {
    const first = await take();
    const waiting: number[] = [];
    let held = false;
    const second = take(60_000, ({ pid }) => waiting.push(pid)).then((lock) => {
      held = true;
      return lock;
    });
    while (waiting.length === 0) await new Promise(setImmediate);
    expect(waiting).toEqual([process.pid]);
    expect(held).toBe(false);
    first.release();
    (await second).release();
    expect(waiting).toHaveLength(1);
    expect(fs.readdirSync(path.dirname(fileOfLock()))).toEqual([]);
  });

  it('is taken from a process that was killed holding it', async () => {
    (await take()).release();
    const holder = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    await once(holder, 'spawn');
    fs.writeFileSync(fileOfLock(), JSON.stringify({ ...describeSelf(), pid: holder.pid!, startTicks: null }));
    const next = take();
    holder.kill('SIGKILL');
    (await next).release();
  });

  it('is taken from a later process with the pid of its holder, and from one that was cut off writing it', async () => {
    (await take()).release();
    fs.writeFileSync(fileOfLock(), JSON.stringify({ ...describeSelf(), startTicks: 1 }));
    (await take()).release();
    fs.writeFileSync(fileOfLock(), '{"pid":');
    fs.utimesSync(fileOfLock(), 0, 0);
    (await take()).release();
  });

  it('is waited for so long and no longer, and stays with its holder', async () => {
    const lock = await take();
    await expect(take(0)).rejects.toMatchObject({
      code: 'CAPTURE_FAILED',
      message: expect.stringContaining(`pid ${process.pid} has been capturing`),
    });
    expect(fs.existsSync(fileOfLock())).toBe(true);
    lock.release();
  });

  it('passes from hand to hand among many without ever being in two', async () => {
    let holders = 0;
    let most = 0;
    const use = async () => {
      const lock = await take();
      holders += 1;
      most = Math.max(most, holders);
      await new Promise(setImmediate);
      holders -= 1;
      lock.release();
    };
    // A dead holder at the beginning: all of them find it at once.
    (await take()).release();
    fs.writeFileSync(fileOfLock(), JSON.stringify({ ...describeSelf(), startTicks: 1 }));
    await Promise.all(Array.from({ length: 5 }, use));
    expect(most).toBe(1);
  });
});
