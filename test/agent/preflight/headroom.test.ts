import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readDiskRoom, readMemoryHeadroom } from '../../../src/agent/preflight/headroom';
import { useFileTree } from '../../support/use-file-tree';

const tree = useFileTree();
const { lay } = tree;

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
    expect(readMemoryHeadroom(tree.root)).toEqual({ bytes: 5_120_000, limitedBy: 'machine' });
  });

  it('is what the cgroup leaves, not counting idle file cache as used', () => {
    lay({ ...meminfo, ...cgroup('3000000') });
    expect(readMemoryHeadroom(tree.root)).toEqual({ bytes: 2_000_000, limitedBy: 'cgroup' });
    lay({ 'sys/fs/cgroup/pod/memory.stat': 'anon 600000\ninactive_file 300000\nactive_file 100000' });
    expect(readMemoryHeadroom(tree.root)).toEqual({ bytes: 2_300_000, limitedBy: 'cgroup' });
  });

  it('is the machine where that has less than the limit allows', () => {
    lay({ ...meminfo, ...cgroup('900000000') });
    expect(readMemoryHeadroom(tree.root).limitedBy).toBe('machine');
  });

  it('is nothing, not less, above the limit', () => {
    lay({ ...meminfo, ...cgroup('900000') });
    expect(readMemoryHeadroom(tree.root)).toEqual({ bytes: 0, limitedBy: 'cgroup' });
  });
});

describe('readDiskRoom', () => {
  it('is what may still be written below a folder', () => {
    expect(readDiskRoom(tree.root).diskBytes).toBeGreaterThan(0);
  });

  it('is unknown for a folder that is not there', () => {
    expect(readDiskRoom(path.join(tree.root, 'gone'))).toEqual({ diskBytes: null, diskIsMemory: false });
  });

  it('says whether it is memory', () => {
    if (!fs.existsSync('/dev/shm')) return;
    expect(readDiskRoom('/dev/shm').diskIsMemory).toBe(true);
  });
});
