/**
 * A signal that reaches a cluster primary, or a launcher such as npm. It is meant for a process below, so this one is
 * never captured unasked.
 */
import { catchesSignal, readRss } from '../processes';
import { killCommand } from './messages';
import type { AgentOptions } from './options';

export interface WorkerProcess {
  /** Null: it is no cluster worker of this process. */
  readonly id: number | null;
  readonly pid: number;
  /** Whether it has a handler for the signal; null: this machine does not tell. Without one the signal kills it. */
  readonly listening: boolean | null;
  /** Resident bytes; 0: unknown. */
  readonly rss: number;
}

/** The workers of this process that run; empty when it is no cluster primary. */
export function listWorkers(signal: NodeJS.Signals): WorkerProcess[] {
  const cluster = require('node:cluster') as typeof import('node:cluster').default;
  if (!cluster.isPrimary) return [];
  return Object.values(cluster.workers ?? {}).flatMap((worker) => {
    const pid = worker?.process.pid;
    if (!worker || pid === undefined || worker.isDead()) return [];
    return [{ id: worker.id, pid, listening: catchesSignal(pid, signal), rss: readRss(pid) ?? 0 }];
  });
}

/** What to say, and whom to pass the signal on to. */
export interface PrimaryDecision {
  readonly forwardTo: readonly number[];
  readonly lines: readonly string[];
}

/**
 * Decides what a signal at the primary does, or at the program `launcher`. `previous`: the worker that got the last one
 * with `forward-one` and whose window is still open: the second signal must go where the first went.
 */
export function decidePrimarySignal(
  { signal, primary }: Pick<AgentOptions, 'signal' | 'primary'>,
  workers: readonly WorkerProcess[],
  previous: number | null,
  launcher: string | null = null,
): PrimaryDecision {
  const ready = workers.filter((worker) => worker.listening !== false);
  const list = workers.map(describeWorker).join(', ') || 'none with the agent';
  const here = launcher
    ? `this is ${launcher}, not captured. Processes below it: ${list}`
    : `this is the cluster primary, not captured. Workers: ${list}`;
  const target = ready.find((worker) => worker.pid === previous) ?? findLargest(ready);
  if (!target) {
    const todo = 'Call install() in it, or preload heapdiff/register with NODE_OPTIONS, and try again';
    const none = launcher ? 'none of them' : 'no worker';
    return {
      forwardTo: [],
      lines: [here, `${none} has the agent, and ${signal} would kill a process without. ${todo}`],
    };
  }
  if (primary === 'explain') {
    const ways = 'HEAPDIFF_PRIMARY=forward-one or forward-all passes the signal on, capture captures this process';
    return { forwardTo: [], lines: [here, `type: ${killCommand(signal, target.pid)} (${ways})`] };
  }
  const targets = primary === 'forward-all' ? ready : [target];
  const names = targets.map(describeWorker).join(', ');
  return { forwardTo: targets.map(({ pid }) => pid), lines: [`${signal} passed on to ${names}; read on there`] };
}

function findLargest(workers: readonly WorkerProcess[]): WorkerProcess | undefined {
  return workers.reduce<WorkerProcess | undefined>(
    (largest, worker) => (largest && largest.rss >= worker.rss ? largest : worker),
    undefined,
  );
}

function describeWorker({ id, pid, listening }: WorkerProcess): string {
  if (id === null) return String(pid);
  return `${pid} (worker ${id}${listening === false ? ', without the agent' : ''})`;
}
