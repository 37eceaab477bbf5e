/**
 * The files that this process has open, from /proc/self/fd, and who opened them. Elsewhere than on Linux: none.
 */
import fs from 'node:fs';
import type { CreationStack } from './creation-stack';

export interface OpenFile {
  readonly fd: number;
  readonly path: string;
}

/**
 * What says nothing of an application: terminals and the like, and the files that the system makes up. The C library opens
 * some of them for a moment in any thread (`/proc/sys/vm/overcommit_memory`), so that one may be open at any look.
 */
const OF_SYSTEM = /^\/(dev\/(null|tty|pts\/|u?random)|proc\/|sys\/)/;

/** Files, folders, named pipes and devices; sockets and pipes have no path and are told of by their handles. */
export function listOpenFiles(): OpenFile[] {
  let names: string[];
  try {
    names = fs.readdirSync('/proc/self/fd');
  } catch {
    return [];
  }
  return names.flatMap((name) => {
    try {
      const path = fs.readlinkSync(`/proc/self/fd/${name}`);
      const isFile = path.startsWith('/') && !OF_SYSTEM.test(path);
      return isFile ? [{ fd: Number(name), path }] : [];
    } catch {
      // Closed since the folder was read, as the one that it was read with.
      return [];
    }
  });
}

export interface OpenRecorder {
  readonly stacksByFd: ReadonlyMap<number, CreationStack>;
  readonly stop: () => void;
}

/** Remembers who calls `fs.open` and `fs.openSync`, which async_hooks does not tell of, by file descriptor. */
export function recordOpens(readStack: () => CreationStack): OpenRecorder {
  const stacksByFd = new Map<number, CreationStack>();
  const { open, openSync } = fs;
  const openWithStack = (...args: unknown[]) => {
    const stack = readStack();
    const callback = args.pop();
    const remember = (error: Error | null, fd: number) => {
      if (!error) stacksByFd.set(fd, stack);
      (callback as (...result: unknown[]) => void)(error, fd);
    };
    // Node itself says what is wrong with a call without callback.
    Reflect.apply(open, fs, [...args, typeof callback === 'function' ? remember : callback]);
  };
  const openSyncWithStack = (...args: unknown[]) => {
    const fd: number = Reflect.apply(openSync, fs, args);
    stacksByFd.set(fd, readStack());
    return fd;
  };
  Object.assign(fs, { open: openWithStack, openSync: openSyncWithStack });
  const stop = () => {
    // What somebody has wrapped in turn has to stay.
    if ((fs.open as unknown) === openWithStack) fs.open = open;
    if ((fs.openSync as unknown) === openSyncWithStack) fs.openSync = openSync;
  };
  return { stacksByFd, stop };
}
