/** Real memory limits: cgroups of version 1 or 2, made and removed by root. */
import fs from 'node:fs';
import path from 'node:path';

interface Version {
  readonly root: string;
  readonly limit: string;
  /** Set to 0, or to the limit itself: without, a process would swap instead of being killed. */
  readonly swap: string;
  readonly swapIsTotal: boolean;
}

const VERSIONS: readonly Version[] = [
  {
    ...{ root: '/sys/fs/cgroup/memory', limit: 'memory.limit_in_bytes' },
    ...{ swap: 'memory.memsw.limit_in_bytes', swapIsTotal: true },
  },
  { root: '/sys/fs/cgroup', limit: 'memory.max', swap: 'memory.swap.max', swapIsTotal: false },
];

export interface MemoryLimit {
  /** Started by `sh -c`, which gets this as `$0`: a process enters a cgroup by writing its id there. */
  readonly procs: string;
  readonly remove: () => void;
}

let made = 0;

/** Throws what the system says when it may not. */
export function limitMemory(bytes: number): MemoryLimit {
  const version = findVersion();
  made += 1;
  const folder = path.join(version.root, `heapdiff-test-${process.pid}-${made}`);
  fs.mkdirSync(folder);
  const remove = () => fs.rmdirSync(folder);
  try {
    fs.writeFileSync(path.join(folder, version.limit), String(bytes));
    const swap = path.join(folder, version.swap);
    if (fs.existsSync(swap)) fs.writeFileSync(swap, String(version.swapIsTotal ? bytes : 0));
    return { procs: path.join(folder, 'cgroup.procs'), remove };
  } catch (error) {
    remove();
    throw error;
  }
}

function findVersion(): Version {
  if (fs.existsSync(path.join(VERSIONS[0]!.root, VERSIONS[0]!.limit))) return VERSIONS[0]!;
  const second = VERSIONS[1]!;
  const control = path.join(second.root, 'cgroup.subtree_control');
  if (!fs.readFileSync(control, 'utf8').includes('memory')) fs.writeFileSync(control, '+memory');
  return second;
}

/** Null when limits can be made, else why not. */
export function explainNoLimits(): string | null {
  try {
    limitMemory(1e9).remove();
    return null;
  } catch (error) {
    return (error as Error).message;
  }
}
