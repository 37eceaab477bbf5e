/**
 * `heapdiff/agent`: puts the agent into this process.
 *
 * Loading this file must stay cheap (5 ms, 1 MB): everything the agent needs only now and then is required when needed.
 */
import { HeapdiffError } from '../errors';
import { attachAgent, type Circumstances, type InstalledAgent } from './agent';
import { guardPreFork } from './guard-pre-fork';
import { type CaptureHooks, checkHooks } from './hooks';
import type { EvidenceOptions, FlushHook } from './leave-evidence';
import type { Phase } from './machine';
import { writeLine } from './messages';
import { type AgentOptions, readOptions } from './options';

export { guardPreFork } from './guard-pre-fork';
export type { CaptureHook, CaptureHooks, HookContext } from './hooks';
export type { EvidenceOptions, FlushHook } from './leave-evidence';
export type { AgentOptions } from './options';

/** The options of the table in docs/agent-options.md, and functions, which no environment variable could give. */
export type InstallOptions = Partial<AgentOptions> & CaptureHooks;

/** Plain data, fit for JSON. */
export interface AgentStatus {
  /** `pending`: a startup snapshot is being built, and the agent starts with the process that runs it. */
  readonly state: Phase | 'pending';
  readonly pid: number;
  readonly app: string;
  readonly dir: string;
  readonly mode: AgentOptions['mode'];
  readonly signal: AgentOptions['signal'];
  /** Sessions begun since install. */
  readonly sessions: number;
  /** Folder of the last complete session. */
  readonly lastFolder: string | null;
  /** Folder of the session whose window is open. */
  readonly openFolder: string | null;
  /** Signals without effect, since the current or last session began. */
  readonly ignoredSignals: number;
}

export interface AgentHandle {
  /** Resolves when the window is open. Rejects with a HeapdiffError; the process runs on as before. */
  start(): Promise<void>;
  /** Closes the window; resolves when `folder` is complete. Rejects with a HeapdiffError. */
  capture(): Promise<{ folder: string }>;
  /**
   * Says that the application is ready to serve: the first call is the record's time to boot. With the option
   * `evidence` it resolves when sampling has begun. Never rejects.
   */
  ready(): Promise<void>;
  /** Has `hook` called by `leaveEvidence()`, to write out what the application holds in buffers. Returns what undoes it. */
  onFlush(hook: FlushHook): () => void;
  /**
   * For a worker that is about to leave: runs the flush hooks and, with the option `evidence`, writes a session without
   * snapshots. A window that the signal has opened is kept instead, as it is. Never rejects, and settles in time;
   * `folder` is null when there is no session.
   */
  leaveEvidence(options: EvidenceOptions): Promise<{ folder: string | null }>;
  /** Adds `n` units of work to the count called `name`. */
  unit(name: string, n?: number): void;
  status(): AgentStatus;
  /** Removes the agent; gives up an open window, and waits for a capture that is running. */
  uninstall(): Promise<void>;
}

/** The agent of this thread, also when two copies of the package are loaded. */
const INSTALLED = Symbol.for('heapdiff.agent');

interface Host {
  [INSTALLED]?: AgentHandle | undefined;
}

/**
 * Installs the agent and returns its handle. Options not given are read from the environment, see `OPTIONS`.
 *
 * In a process that has the agent already, returns that one's handle: options given then have no effect, and stderr
 * says so. While a startup snapshot is being built, the agent starts when the snapshot does.
 * In a worker thread it takes the options of the main thread's agent as defaults, and takes part in that one's sessions
 * where its option `threads` says so.
 * Throws OPTION_UNKNOWN, OPTION_INVALID, or WORKER_THREAD where the main thread has no agent that could get a signal.
 */
export function install(options: InstallOptions = {}): AgentHandle {
  const host = globalThis as Host;
  const { beforeCapture, afterCapture, ...given } = options;
  const hooks = { beforeCapture, afterCapture };
  checkHooks(hooks);
  const threadId = readThreadId();
  const leader = threadId === 0 ? null : readLeader();
  const parsed = readOptions(leader ? { ...leader, ...given } : given, process.env);
  const existing = host[INSTALLED];
  if (existing) {
    if (Object.keys(options).length > 0) sayExisting(existing);
    return existing;
  }
  if (threadId !== 0 && !leader && parsed.signal !== 'none') {
    throw new HeapdiffError('WORKER_THREAD', { thread: threadId });
  }
  const handle = isBuildingSnapshot()
    ? attachLater(given, parsed, hooks)
    : attachNow(threadId === 0 ? parsed : { ...parsed, signal: 'none' }, {
        threadId,
        isMember: leader !== null,
        hooks,
      });
  host[INSTALLED] = handle;
  return handle;
}

type Place = Pick<Circumstances, 'threadId' | 'isMember' | 'hooks'>;

function attachNow(options: AgentOptions, place: Place): AgentHandle {
  const onDetach = () => {
    delete (globalThis as Host)[INSTALLED];
  };
  const { preForkGuard } = options;
  if (preForkGuard !== 'off' && place.threadId === 0) guardPreFork({ preForkGuard });
  const agent = attachAgent(options, { ...place, fromSnapshot: false, onDetach });
  return createHandle(options, () => agent);
}

/** A signal handler cannot be part of a startup snapshot: it is attached by the process that is started from it. */
function attachLater(given: Partial<AgentOptions>, options: AgentOptions, hooks: CaptureHooks): AgentHandle {
  const { startupSnapshot } = require('node:v8') as typeof import('node:v8');
  let agent: InstalledAgent | null = null;
  let cancelled = false;
  const onDetach = () => {
    delete (globalThis as Host)[INSTALLED];
  };
  startupSnapshot.addDeserializeCallback(() => {
    if (cancelled) return;
    // The environment that counts is the one the service runs in.
    const place = { threadId: 0, isMember: false, hooks };
    agent = attachAgent(readOptions(given, process.env), { ...place, fromSnapshot: true, onDetach });
  });
  const handle = createHandle(options, () => agent);
  return {
    ...handle,
    uninstall: async () => {
      cancelled = true;
      onDetach();
      if (agent) await handle.uninstall();
    },
  };
}

function createHandle(options: AgentOptions, current: () => InstalledAgent | null): AgentHandle {
  const runner = (call: string) => {
    const agent = current();
    if (agent) return agent.runner();
    const todo = 'Call it in the process that is started from the snapshot.';
    throw new HeapdiffError('AGENT_STATE', { call, state: 'part of a startup snapshot being built', todo });
  };
  return {
    start: async () => runner('start').start(),
    capture: async () => runner('capture').capture(),
    ready: async () => current()?.markReady(),
    onFlush: (hook) => addFlushHook(current(), hook),
    leaveEvidence: (leaving) => leaveEvidence(current(), leaving),
    unit: (name, n) => current()?.context.units.add(name, n),
    status: () => readStatus(current()?.context.options ?? options, current()),
    uninstall: async () => runner('uninstall').uninstall(),
  };
}

function addFlushHook(agent: InstalledAgent | null, hook: FlushHook): () => void {
  agent?.flushHooks.add(hook);
  return () => agent?.flushHooks.delete(hook);
}

async function leaveEvidence(agent: InstalledAgent | null, leaving: EvidenceOptions) {
  if (!agent) return { folder: null };
  const { context, flushHooks, evidence } = agent;
  const module = require('./leave-evidence') as typeof import('./leave-evidence');
  return module.leaveEvidence({ context, flushHooks, evidence, runner: agent.peekRunner() }, leaving);
}

function readStatus({ app, dir, mode, signal }: AgentOptions, agent: InstalledAgent | null): AgentStatus {
  const runner = agent?.peekRunner();
  return {
    state: agent ? (runner?.state.phase ?? 'idle') : 'pending',
    pid: process.pid,
    app,
    dir,
    mode,
    signal,
    sessions: runner?.sessions ?? 0,
    lastFolder: runner?.lastSession ?? null,
    openFolder: runner?.openFolder ?? null,
    ignoredSignals: runner?.state.ignoredSignals ?? 0,
  };
}

function sayExisting(existing: AgentHandle): void {
  const fs = require('node:fs') as typeof import('node:fs');
  const { dir, mode, signal } = existing.status();
  const running = `dir ${dir}, mode ${mode}, signal ${signal}`;
  writeLine(
    fs,
    `already installed here with ${running}; these options have no effect. Call uninstall() before install()`,
  );
}

/** 0 in the main thread. */
function readThreadId(): number {
  const { threadId, isMainThread } = require('node:worker_threads') as typeof import('node:worker_threads');
  return isMainThread ? 0 : threadId;
}

/** The options of the main thread's agent, whose sessions this thread takes part in; null when it has none. */
function readLeader(): AgentOptions | null {
  const { readPublishedOptions } = require('./threads/protocol') as typeof import('./threads/protocol');
  return readPublishedOptions();
}

function isBuildingSnapshot(): boolean {
  // Loading node:v8 is half a millisecond, so it is asked only where a flag says that something is being built.
  if (!process.execArgv.some((flag) => /^--(build-|experimental-sea-config)/.test(flag))) return false;
  const { startupSnapshot } = require('node:v8') as typeof import('node:v8');
  return Boolean(startupSnapshot.isBuildingSnapshot());
}
