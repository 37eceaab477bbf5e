/**
 * What the kernel tells about other processes. Everything here is null where it does not tell: on other systems than
 * Linux, and of processes that have ended.
 */
import fs from 'node:fs';
import os from 'node:os';

/** Kernel ticks from boot to the start of the process: field 22 of /proc/<pid>/stat. */
export function readStartTicks(pid: number): number | null {
  return readStat(pid)?.startTicks ?? null;
}

/** 0: it was started from outside this pid namespace, as pid 1 of a container is. */
export function readParent(pid: number): number | null {
  return readStat(pid)?.parent ?? null;
}

/** proc(5). The name in field 2 may hold spaces and brackets. */
function readStat(pid: number): { parent: number; startTicks: number } | null {
  const stat = readText(`/proc/${pid}/stat`);
  if (stat === null) return null;
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [parent, startTicks] = [Number(fields[1]), Number(fields[19])];
  return Number.isFinite(parent) && Number.isFinite(startTicks) ? { parent, startTicks } : null;
}

/** Whether a process has a handler for a signal, from SigCgt of /proc/<pid>/status. Without one most signals kill. */
export function catchesSignal(pid: number, signal: NodeJS.Signals): boolean | null {
  const mask = /^SigCgt:\s*([0-9a-f]+)/m.exec(readText(`/proc/${pid}/status`) ?? '')?.[1];
  return mask === undefined ? null : ((BigInt(`0x${mask}`) >> BigInt(os.constants.signals[signal] - 1)) & 1n) === 1n;
}

/** Resident bytes. */
export function readRss(pid: number): number | null {
  const kibibytes = /^VmRSS:\s*(\d+)/m.exec(readText(`/proc/${pid}/status`) ?? '')?.[1];
  return kibibytes === undefined ? null : Number(kibibytes) * 1024;
}

/** The command line, as its arguments. Processes name themselves too: `npm start` is one argument. */
export function readArguments(pid: number): string[] | null {
  const text = readText(`/proc/${pid}/cmdline`);
  return text === null ? null : text.split('\0').filter((argument) => argument !== '');
}

/** One variable of the environment a process was started with; only its owner may read it. */
export function readVariable(pid: number, name: string): string | null {
  const entry = readText(`/proc/${pid}/environ`)
    ?.split('\0')
    .find((line) => line.startsWith(`${name}=`));
  return entry === undefined ? null : entry.slice(name.length + 1);
}

/** The processes between a process and the first one, nearest first; `pid` itself is not among them. */
export function listAncestors(pid: number): number[] {
  const ancestors: number[] = [];
  for (let at = readParent(pid); at !== null && at > 0; at = readParent(at)) ancestors.push(at);
  return ancestors;
}

/** The processes that a process has started, and those that they have, in the order of their start. */
export function listDescendants(pid: number): number[] {
  const children = listTasks(pid).flatMap((task) => {
    const text = readText(`/proc/${pid}/task/${task}/children`) ?? '';
    return text.split(' ').filter(Boolean).map(Number);
  });
  return children.flatMap((child) => [child, ...listDescendants(child)]);
}

function listTasks(pid: number): string[] {
  try {
    return fs.readdirSync(`/proc/${pid}/task`);
  } catch {
    return [];
  }
}

/** Whether there is such a process, this user's or not. */
export function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it runs, under another user.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/**
 * Whether the process runs that started at `startTicks`, and not a later one with its pid, as far as this one can see: in
 * another container a pid means nothing.
 */
export function isRunning({ pid, startTicks }: { pid: number; startTicks: number | null }): boolean {
  if (!exists(pid)) return false;
  const ticks = readStartTicks(pid);
  return ticks === null || startTicks === null || ticks === startTicks;
}

function readText(file: string): string | null {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}
