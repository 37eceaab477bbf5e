import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readDiskRoom, readMemoryHeadroom } from '../../../src/agent/preflight/headroom';

let root: string;
beforeEach(() => {
  root = fs.mkdtempSync(path.join(os.tmpdir(), 'heapdiff-test-'));
});
afterEach(() => fs.rmSync(root, { recursive: true, force: true }));

function lay(files: Record<string, string>): void {
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(root, name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, `${content}\n`);
  }
}

const meminfo = { 'proc/meminfo': 'MemTotal: 9000 kB\nMemFree: 10 kB\nMemAvailable:    5000 kB' };
const cgroup = (max: string, more: Record<string, string> = {}) => ({
  'proc/self/cgroup': '0::/pod',
  'proc/self/mountinfo': '30 25 0:26 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw',
  'sys/fs/cgroup/pod/memory.max': max,
  'sys/fs/cgroup/pod/memory.current': '1000000',
  ...more,
});

describe('readMemoryHeadroom', () => {
  it('without a limit is what the machine has available', () => {
    lay({ ...meminfo, ...cgroup('max') });
    expect(readMemoryHeadroom(root)).toEqual({ bytes: 5_120_000, limitedBy: 'machine' });
  });

  it('is what the cgroup leaves, not counting idle file cache as used', () => {
    lay({ ...meminfo, ...cgroup('3000000') });
    expect(readMemoryHeadroom(root)).toEqual({ bytes: 2_000_000, limitedBy: 'cgroup' });
    lay({ 'sys/fs/cgroup/pod/memory.stat': 'anon 600000\ninactive_file 300000\nactive_file 100000' });
    expect(readMemoryHeadroom(root)).toEqual({ bytes: 2_300_000, limitedBy: 'cgroup' });
  });

  it('is the machine where that has less than the limit allows', () => {
    lay({ ...meminfo, ...cgroup('900000000') });
    expect(readMemoryHeadroom(root).limitedBy).toBe('machine');
  });

  it('is nothing, not less, above the limit', () => {
    lay({ ...meminfo, ...cgroup('900000') });
    expect(readMemoryHeadroom(root)).toEqual({ bytes: 0, limitedBy: 'cgroup' });
  });
});

describe('readDiskRoom', () => {
  it('is what may still be written below a folder', () => {
    expect(readDiskRoom(root).diskBytes).toBeGreaterThan(0);
  });

  it('is unknown for a folder that is not there', () => {
    expect(readDiskRoom(path.join(root, 'gone'))).toEqual({ diskBytes: null, diskIsMemory: false });
  });

  it('says whether it is memory', () => {
    if (!fs.existsSync('/dev/shm')) return;
    expect(readDiskRoom('/dev/shm').diskIsMemory).toBe(true);
  });
});
