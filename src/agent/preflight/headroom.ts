/** How much memory and disk is left to this process: what a capture may use before the kernel or the file system says no. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { PreflightRoom } from '../../session';
import { readCgroupMemory, roomOf } from '../cgroup';

export interface MemoryHeadroom {
  /** Bytes. */
  readonly bytes: number;
  /** What ends it first. */
  readonly limitedBy: 'cgroup' | 'machine';
}

/** The least of what is left below any limit: of the own cgroup, of those above it, of the machine. */
export function readMemoryHeadroom(root = '/'): MemoryHeadroom {
  const cgroup = readCgroupMemory(root);
  const machine = readAvailable(path.join(root, 'proc/meminfo')) ?? os.freemem();
  const room = cgroup ? roomOf(cgroup) : Number.POSITIVE_INFINITY;
  return room < machine ? { bytes: Math.max(0, room), limitedBy: 'cgroup' } : { bytes: machine, limitedBy: 'machine' };
}

/** MemAvailable: the kernel's own estimate of what can be used without swapping. Null where it does not tell. */
function readAvailable(file: string): number | null {
  try {
    const kibibytes = /^MemAvailable:\s+(\d+) kB/m.exec(fs.readFileSync(file, 'utf8'))?.[1];
    return kibibytes === undefined ? null : Number(kibibytes) * 1024;
  } catch {
    return null;
  }
}

/** statfs(2): file systems in memory. */
const IN_MEMORY = [0x01021994, 0x858458f6];

/** What may still be written below `folder` by a user without privileges; null bytes where the system does not tell. */
export function readDiskRoom(folder: string): Pick<PreflightRoom, 'diskBytes' | 'diskIsMemory'> {
  try {
    const { bavail, bsize, type } = fs.statfsSync(folder);
    return { diskBytes: bavail * bsize, diskIsMemory: IN_MEMORY.includes(type) };
  } catch {
    return { diskBytes: null, diskIsMemory: false };
  }
}
