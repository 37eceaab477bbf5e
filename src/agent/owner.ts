/**
 * Which process something in the directory belongs to, told so that a later process with its pid is not taken for it.
 */
import fs from 'node:fs';
import os from 'node:os';
import { isRunning, readStartTicks } from '../processes';

export interface Owner {
  readonly pid: number;
  /** Kernel ticks from boot to its start; null: unknown. */
  readonly startTicks: number | null;
  /** Where its pid means something: the host, and the pid namespace there. Containers that share a volume differ. */
  readonly space: string;
  /** Which thread of it, 0: the main thread. One that is terminated cannot clean up, while its process lives on. */
  readonly thread: number;
}

/** Agents give signs of life every minute; one that cannot be looked up is taken for dead after so many ms without. */
export const SILENCE_MS = 15 * 60_000;

export function describeSelf(): Owner {
  const { isMainThread, threadId } = require('node:worker_threads') as typeof import('node:worker_threads');
  const thread = isMainThread ? 0 : threadId;
  return { pid: process.pid, startTicks: readStartTicks(process.pid), space: readSpace(), thread };
}

/**
 * Whether the owner has ended. `lastSeen`: milliseconds since the epoch of its last sign of life, which decides where
 * its pid says nothing here: it ran in another container, or in this one before it was restarted.
 */
export function isGone(owner: Owner, lastSeen: number, silence = SILENCE_MS): boolean {
  return owner.space === readSpace() ? !isRunning(owner) : Date.now() - lastSeen > silence;
}

export function isSameOwner(one: Owner, other: Owner): boolean {
  return isSameProcess(one, other) && one.thread === other.thread;
}

export function isSameProcess(one: Owner, other: Owner): boolean {
  return one.pid === other.pid && one.startTicks === other.startTicks && one.space === other.space;
}

/** The owner that a file names; null when the file is gone or names none. */
export function readOwner(file: string): Owner | null {
  try {
    const { pid, startTicks, space, thread } = JSON.parse(fs.readFileSync(file, 'utf8')) as Partial<Owner>;
    return Number.isInteger(pid) && typeof space === 'string'
      ? { pid: pid as number, startTicks: startTicks ?? null, space, thread: thread ?? 0 }
      : null;
  } catch {
    return null;
  }
}

function readSpace(): string {
  let namespace = '';
  try {
    namespace = fs.readlinkSync('/proc/self/ns/pid');
  } catch {
    // No Linux, or /proc is hidden: then there are no namespaces to tell apart, or no way to.
  }
  return `${os.hostname()} ${namespace}`.trim();
}
