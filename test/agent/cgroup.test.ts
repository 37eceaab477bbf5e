import { describe, expect, it } from 'vitest';
import { readCgroupMemory } from '../../src/agent/cgroup';
import { useFileTree } from '../support/use-file-tree';

const tree = useFileTree();
const { lay } = tree;

const mountV2 = (at = '/') => `30 25 0:26 ${at} /sys/fs/cgroup rw,nosuid shared:9 - cgroup2 cgroup2 rw,nsdelegate`;
const mountV1 = (at = '/') => `33 25 0:29 ${at} /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory`;

describe('the cgroup limit', () => {
  it('version 2: is that of the own cgroup', () => {
    lay({
      'proc/self/cgroup': '0::/pod/worker',
      'proc/self/mountinfo': mountV2(),
      'sys/fs/cgroup/pod/worker/memory.max': '1000',
      'sys/fs/cgroup/pod/worker/memory.current': '400',
    });
    expect(readCgroupMemory(tree.root)).toEqual({ limit: 1000, usage: 400, reclaimable: 0 });
  });

  it('is that of a level above where less is left', () => {
    lay({
      'proc/self/cgroup': '0::/pod/worker',
      'proc/self/mountinfo': mountV2(),
      'sys/fs/cgroup/pod/worker/memory.max': '1000',
      'sys/fs/cgroup/pod/worker/memory.current': '100',
      'sys/fs/cgroup/pod/memory.max': '1200',
      'sys/fs/cgroup/pod/memory.current': '1100',
    });
    expect(readCgroupMemory(tree.root)).toEqual({ limit: 1200, usage: 1100, reclaimable: 0 });
  });

  it('is null where "max" says that there is none; the usage is still told', () => {
    lay({
      'proc/self/cgroup': '0::/pod',
      'proc/self/mountinfo': mountV2(),
      'sys/fs/cgroup/pod/memory.max': 'max',
      'sys/fs/cgroup/pod/memory.current': '77',
    });
    expect(readCgroupMemory(tree.root)).toEqual({ limit: null, usage: 77, reclaimable: 0 });
  });

  it('version 2 in a container: the own cgroup is the mount point', () => {
    lay({
      'proc/self/cgroup': '0::/',
      'proc/self/mountinfo': mountV2('/docker/abc'),
      'sys/fs/cgroup/memory.max': '5000',
      'sys/fs/cgroup/memory.current': '10',
    });
    expect(readCgroupMemory(tree.root)).toEqual({ limit: 5000, usage: 10, reclaimable: 0 });
  });

  it('version 1: also among other controllers, and in a container', () => {
    lay({
      'proc/self/cgroup': '5:cpu,cpuacct:/x\n4:memory:/docker/abc/job\n0::/x',
      'proc/self/mountinfo': `${mountV1('/docker/abc')}\n${mountV2()}`,
      'sys/fs/cgroup/memory/job/memory.limit_in_bytes': '3000',
      'sys/fs/cgroup/memory/job/memory.usage_in_bytes': '50',
    });
    expect(readCgroupMemory(tree.root)).toEqual({ limit: 3000, usage: 50, reclaimable: 0 });
  });

  it('version 1: an enormous number is no limit', () => {
    lay({
      'proc/self/cgroup': '4:memory:/',
      'proc/self/mountinfo': mountV1(),
      'sys/fs/cgroup/memory/memory.limit_in_bytes': '9223372036854771712',
      'sys/fs/cgroup/memory/memory.usage_in_bytes': '50',
    });
    expect(readCgroupMemory(tree.root)).toEqual({ limit: null, usage: 50, reclaimable: 0 });
  });

  it('is unknown where there are no cgroups', () => {
    expect(readCgroupMemory(tree.root)).toBeNull();
  });
});
