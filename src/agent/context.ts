/**
 * What all phases of one agent share. Built once, at install.
 */
import type { CaptureHooks } from './hooks';
import type { AgentOptions } from './options';
import type { Experiences } from './preflight/experience';
import type { UnitCounter } from './units';

export interface AgentContext {
  readonly options: AgentOptions;
  readonly hooks: CaptureHooks;
  /** `cluster.worker.id`, null outside a cluster worker. */
  readonly workerId: number | null;
  /** The name of this program if it only starts others, as npm does; null: it is an application. */
  readonly launcher: string | null;
  /** 0: the main thread. */
  readonly threadId: number;
  /** The process was deserialised from a startup snapshot that holds the agent. */
  readonly fromSnapshot: boolean;
  readonly units: UnitCounter;
  readonly experiences: Experiences;
  /** Milliseconds from the start of the process until the application said that it was ready; null: not yet. */
  readonly boot: { ms: number | null };
  /** Prints one line on stderr, unless `quiet`. */
  readonly tell: (text: string) => void;
  /** Prints one line on stderr, whatever `quiet` says. */
  readonly warn: (text: string) => void;
}

/** Null outside a cluster worker. Costs nothing there: only a process with an IPC channel can be one. */
export function readWorkerId(): number | null {
  if (process.send === undefined) return null;
  const cluster = require('node:cluster') as typeof import('node:cluster').default;
  return cluster.worker?.id ?? null;
}
