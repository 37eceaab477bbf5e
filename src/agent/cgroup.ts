/**
 * The memory limit that applies to this process: of its own cgroup or of one above it, version 1 or 2.
 */
import fs from 'node:fs';
import path from 'node:path';

export interface CgroupMemory {
  /** Bytes; null: none set. */
  readonly limit: number | null;
  /** Bytes. */
  readonly usage: number | null;
  /** Bytes of `usage` that the kernel gives up before it kills: file cache that nobody has read lately. */
  readonly reclaimable: number;
}

interface Hierarchy {
  /** Where it is mounted; as high as this process can see. */
  readonly mount: string;
  /** The folder of this process' own cgroup, below `mount` or equal to it. */
  readonly own: string;
  readonly limitFile: string;
  readonly usageFile: string;
  /** The line of memory.stat with the idle file cache of this level and all below. */
  readonly idleCache: string;
}

/** Version 1 writes "no limit" as the largest multiple of the page size below 2^63. */
const NO_LIMIT = 2 ** 60;

/** Reads the level with the least headroom; without any limit, the usage of the process' own level. Null: no cgroup. */
export function readCgroupMemory(root = '/'): CgroupMemory | null {
  const hierarchy = findHierarchy(root);
  if (!hierarchy) return null;
  const levels = listLevels(hierarchy).map((folder) => readLevel(folder, hierarchy));
  const limited = levels.filter((level) => level.limit !== null);
  if (limited.length === 0) return levels.find((level) => level.usage !== null) ?? null;
  return limited.reduce((tightest, level) => (roomOf(level) < roomOf(tightest) ? level : tightest));
}

/** The memory hierarchy this process is in. Version 1 wins where both are mounted: there it holds the controller. */
function findHierarchy(root: string): Hierarchy | null {
  const memberships = readLines(path.join(root, 'proc/self/cgroup')).map((line) => line.split(':'));
  const mounts = readLines(path.join(root, 'proc/self/mountinfo')).map(parseMount);
  const first = memberships.find(([, controllers]) => controllers?.split(',').includes('memory'));
  const second = memberships.find(([id, controllers]) => id === '0' && controllers === '');
  const mountOfFirst = mounts.find((mount) => mount.type === 'cgroup' && mount.options.includes('memory'));
  const mountOfSecond = mounts.find((mount) => mount.type === 'cgroup2');
  if (first && mountOfFirst) {
    const files = {
      limitFile: 'memory.limit_in_bytes',
      usageFile: 'memory.usage_in_bytes',
      idleCache: 'total_inactive_file',
    };
    return locateOwn(root, mountOfFirst, first.slice(2).join(':'), files);
  }
  if (second && mountOfSecond) {
    const files = { limitFile: 'memory.max', usageFile: 'memory.current', idleCache: 'inactive_file' };
    return locateOwn(root, mountOfSecond, second.slice(2).join(':'), files);
  }
  return null;
}

interface Mount {
  /** The part of the hierarchy that is mounted, a path inside it: in a container often the container's own cgroup. */
  readonly root: string;
  readonly point: string;
  readonly type: string;
  readonly options: readonly string[];
}

/** One line of /proc/self/mountinfo (proc(5)): "36 35 98:0 /root /point opts … - type source superopts". */
function parseMount(line: string): Mount {
  const [fields = '', details = ''] = line.split(' - ');
  const [, , , root = '/', point = '/'] = fields.split(' ');
  const [type = '', , options = ''] = details.split(' ');
  return { root, point, type, options: options.split(',') };
}

function locateOwn(root: string, mount: Mount, cgroup: string, files: Omit<Hierarchy, 'mount' | 'own'>): Hierarchy {
  const mountPoint = path.join(root, mount.point);
  const inside = path.relative(mount.root, cgroup);
  // A cgroup namespace shows paths that lead out of what is mounted; the mount is then the nearest level to be seen.
  const own = inside.startsWith('..') ? mountPoint : path.join(mountPoint, inside);
  return { mount: mountPoint, own: fs.existsSync(own) ? own : mountPoint, ...files };
}

/** The process' own folder first, then each above it up to the mount point. */
function listLevels({ own, mount }: Hierarchy): string[] {
  const levels = [own];
  for (let folder = own; folder !== mount && folder !== path.dirname(folder); ) {
    folder = path.dirname(folder);
    levels.push(folder);
  }
  return levels;
}

function readLevel(folder: string, { limitFile, usageFile, idleCache }: Hierarchy): CgroupMemory {
  const limit = readBytes(path.join(folder, limitFile));
  const usage = readBytes(path.join(folder, usageFile));
  const stat = readLines(path.join(folder, 'memory.stat')).map((line) => line.split(' '));
  const reclaimable = Number(stat.find(([name]) => name === idleCache)?.[1] ?? 0);
  return { limit: limit !== null && limit < NO_LIMIT ? limit : null, usage, reclaimable };
}

/** Null when the file is missing or holds no number: version 2 writes "max" for no limit. */
function readBytes(file: string): number | null {
  const text = readLines(file)[0] ?? '';
  return /^\d+$/.test(text) ? Number(text) : null;
}

/** Bytes that can still be used before the limit is reached; infinite where there is none. */
export function roomOf({ limit, usage, reclaimable }: CgroupMemory): number {
  return (limit ?? Number.POSITIVE_INFINITY) - Math.max(0, (usage ?? 0) - reclaimable);
}

function readLines(file: string): string[] {
  try {
    return fs.readFileSync(file, 'utf8').split('\n').filter(Boolean);
  } catch {
    return [];
  }
}
