/**
 * How the agents of one process' threads talk. No thread captures another: V8 has crashed over that (node#46210,
 * node#43122). Each captures itself when the main thread's agent asks it to.
 */
import type { RequestedMode } from '../../session';
import type { AgentOptions } from '../options';

/** Name of the channel that all threads of the process share. */
export const CHANNEL = 'heapdiff.threads';

/** From the main thread's agent to the others. */
export type Order =
  /** Every agent answers `here`. */
  | { readonly type: 'who' }
  /** Open a window, or close it. Void after `until` (ms since the epoch): by then it has been given up. */
  | { readonly type: 'open'; readonly thread: number; readonly until: number; readonly mode: RequestedMode }
  | { readonly type: 'close'; readonly thread: number; readonly until: number }
  /** The process is to be left by all agents. */
  | { readonly type: 'leave' };

/** From a thread to the main thread's agent. */
export type Answer =
  | { readonly type: 'here'; readonly thread: number }
  /** The order was heard: from here on it takes as long as it takes. */
  | { readonly type: 'begun'; readonly thread: number }
  | { readonly type: 'done'; readonly thread: number }
  | { readonly type: 'failed'; readonly thread: number; readonly reason: string }
  /** The thread has ended; said by the thread that had started it. */
  | { readonly type: 'gone'; readonly thread: number };

const SHARED = 'heapdiff.agent';

/** Tells threads that start from here on which options the main thread's agent has; null: there is none any more. */
export function publishOptions(options: AgentOptions | null): void {
  const { setEnvironmentData } = require('node:worker_threads') as typeof import('node:worker_threads');
  setEnvironmentData(SHARED, options ? { ...options } : undefined);
}

/** Null when the main thread had no agent when this thread was started. */
export function readPublishedOptions(): AgentOptions | null {
  const { getEnvironmentData } = require('node:worker_threads') as typeof import('node:worker_threads');
  return (getEnvironmentData(SHARED) as unknown as AgentOptions | undefined) ?? null;
}

/** Whether the option `threads` includes a thread. */
export function includesThread(threads: AgentOptions['threads'], thread: number): boolean {
  return typeof threads === 'boolean' ? threads : threads.includes(thread);
}

/** Opens the channel; it keeps no event loop alive. `receive` gets what other threads say. */
export function openChannel<Message>(receive: (message: Message) => void) {
  const { BroadcastChannel } = require('node:worker_threads') as typeof import('node:worker_threads');
  const channel = new BroadcastChannel(CHANNEL);
  channel.onmessage = (event) => receive((event as { data: Message }).data);
  channel.unref();
  return channel;
}

/** Calls `onExit` with the id of each thread that this one starts, when it ends. Returns how to stop that. */
export function watchThreads(onExit: (thread: number) => void): () => void {
  const onWorker = (worker: import('node:worker_threads').Worker) => {
    const { threadId } = worker;
    worker.once('exit', () => onExit(threadId));
  };
  process.on('worker', onWorker);
  return () => process.off('worker', onWorker);
}
