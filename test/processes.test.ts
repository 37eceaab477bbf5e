import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import {
  catchesSignal,
  exists,
  listAncestors,
  readArguments,
  readParent,
  readRss,
  readStartTicks,
  readVariable,
} from '../src/processes';

/** Above the kernel's largest pid. */
const NOBODY = 2 ** 22 + 1;

describe.runIf(process.platform === 'linux')('what /proc tells', () => {
  it('whether a process has a handler for a signal', () => {
    const listener = () => {};
    expect(catchesSignal(process.pid, 'SIGURG')).toBe(false);
    process.on('SIGURG', listener);
    expect(catchesSignal(process.pid, 'SIGURG')).toBe(true);
    process.off('SIGURG', listener);
  });

  it('who started whom, with what', async () => {
    const args = ['-e', 'console.log("up"); setInterval(() => {}, 1000)', 'two words'];
    const child = spawn(process.execPath, args, { env: { COLOUR: 'deep blue' }, stdio: ['ignore', 'pipe', 'ignore'] });
    await once(child.stdout, 'data'); // before, its memory may still be next to nothing
    const pid = child.pid!;
    expect(readParent(pid)).toBe(process.pid);
    expect(listAncestors(pid).slice(0, 2)).toEqual([process.pid, process.ppid]);
    expect(listAncestors(pid).at(-1)).toBe(1);
    expect(readArguments(pid)).toEqual([process.execPath, ...args]);
    expect(readVariable(pid, 'COLOUR')).toBe('deep blue');
    expect(readVariable(pid, 'COLOU')).toBeNull();
    expect(readRss(pid)).toBeGreaterThan(1_000_000);
    expect(readStartTicks(pid)).toBeGreaterThanOrEqual(readStartTicks(process.pid)!);
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(exists(pid)).toBe(false);
  });

  it('nothing of a process that is not there', () => {
    expect([readStartTicks(NOBODY), readParent(NOBODY), readRss(NOBODY), readArguments(NOBODY)]).toEqual([
      null,
      null,
      null,
      null,
    ]);
    expect(catchesSignal(NOBODY, 'SIGUSR2')).toBeNull();
    expect(exists(NOBODY)).toBe(false);
  });
});
