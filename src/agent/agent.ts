/**
 * One installed agent: its listeners, its presence file, its runner.
 */
import fs from 'node:fs';
import { nameLauncher } from '../presence';
import { type AgentContext, readWorkerId } from './context';
import type { Evidence } from './evidence';
import type { CaptureHooks } from './hooks';
import type { FlushHook } from './leave-evidence';
import { describeFailure, describeReady, toAgentFailure, writeLine } from './messages';
import type { NearLimitWatch } from './near-limit';
import { createSignalListener } from './on-signal';
import { type AgentOptions, findUnknownVariables, OPTIONS } from './options';
import type { PresenceFile } from './presence';
import type { AgentRunner } from './runner';
import type { RunnerHooks } from './runner-hooks';
import type { ThreadTeam } from './threads/team';
import { UnitCounter } from './units';

/** Long enough for an application to have started, and for one that only runs a command to be gone. */
const CLEAN_UP_AFTER_MS = 1000;

export interface InstalledAgent {
  readonly context: AgentContext;
  readonly flushHooks: Set<FlushHook>;
  /** Null unless the option is on. */
  readonly evidence: Evidence | null;
  /** The application says that it is ready. */
  readonly markReady: () => Promise<void>;
  /** Made when it is first needed: an agent that no signal reaches stays as cheap as it was at install. */
  readonly runner: () => AgentRunner;
  /** The runner if there is one yet; an agent without it is idle. */
  readonly peekRunner: () => AgentRunner | null;
}

export interface Circumstances {
  /** 0: the main thread. */
  readonly threadId: number;
  /** A thread that takes part in the main thread's sessions. */
  readonly isMember: boolean;
  readonly fromSnapshot: boolean;
  readonly hooks: CaptureHooks;
  /** Called when the agent is gone. */
  readonly onDetach: () => void;
}

/** Makes the agent live: from here on the signal is caught. Says on stderr what may be in its way, and never throws. */
export function attachAgent(options: AgentOptions, circumstances: Circumstances): InstalledAgent {
  const context = createContext(options, circumstances);
  // Of a worker thread nothing is told to other processes: they cannot reach it.
  const presence = circumstances.threadId === 0 ? createPresence(context) : null;
  const removePresence = () => presence?.remove();
  const { signal } = options;
  if (signal !== 'none') warnOfConflicts(context, signal);
  const team = circumstances.threadId === 0 ? lead(context) : null;
  const nearLimit = options.nearLimit > 0 ? watchLimit(context, () => runner()) : null;
  const evidence = options.evidence && !circumstances.isMember ? createEvidence(context) : null;
  const hooks: RunnerHooks = {
    team,
    opening: async () => evidence?.giveUp(),
    changed: (update) => {
      presence?.update(update);
      if (update.state === 'idle') void evidence?.open();
    },
    detach: () => {
      nearLimit?.stop();
      evidence?.end();
      leaveTeam();
      if (circumstances.threadId === 0) publish(null);
      if (signal !== 'none') process.off(signal, onSignal);
      process.off('exit', removePresence);
      context.units.stop();
      removePresence();
      circumstances.onDetach();
    },
  };
  let made: AgentRunner | null = null;
  const runner = () => {
    made ??= createRunner(context, hooks);
    return made;
  };
  const leaveTeam = circumstances.isMember ? join(context, runner) : () => team?.leave();
  const refuse = (error: unknown) => {
    presence?.update({ failure: toAgentFailure(error) });
    context.warn(describeFailure(error));
  };
  const onSignal = createSignalListener({ context, runner, refuse });
  if (signal !== 'none') process.on(signal, onSignal);
  process.on('exit', removePresence);
  if (options.countRequests) context.units.countRequests();
  context.units.onFirst(() => void evidence?.open());
  announce(context, presence, circumstances);
  const markReady = async () => {
    // Counted from the start of the process, also where that began with a startup snapshot.
    context.boot.ms ??= Math.round(process.uptime() * 1000);
    await evidence?.open();
  };
  const flushHooks = new Set<FlushHook>();
  return { context, flushHooks, evidence, markReady, runner, peekRunner: () => made };
}

function watchLimit({ options }: AgentContext, runner: () => AgentRunner): NearLimitWatch {
  const { NearLimitWatch } = require('./near-limit') as typeof import('./near-limit');
  const open = () => runner().openNearLimit();
  return new NearLimitWatch(options.nearLimit, { open, close: () => runner().closeNearLimit() });
}

function createEvidence(context: AgentContext): Evidence {
  const { Evidence } = require('./evidence') as typeof import('./evidence');
  return new Evidence(context);
}

function createPresence(context: AgentContext): PresenceFile {
  const { PresenceFile } = require('./presence') as typeof import('./presence');
  return new PresenceFile(context);
}

function createRunner(context: AgentContext, hooks: RunnerHooks): AgentRunner {
  const { AgentRunner } = require('./runner') as typeof import('./runner');
  return new AgentRunner(context, hooks);
}

/** Lets threads know of this agent, and has those that the option names take part in its sessions. */
function lead(context: AgentContext): ThreadTeam | null {
  publish(context.options);
  if (context.options.threads === false) return null;
  const { ThreadTeam } = require('./threads/team') as typeof import('./threads/team');
  return new ThreadTeam(context);
}

/** For threads that start from here on. */
function publish(options: AgentOptions | null): void {
  const { publishOptions } = require('./threads/protocol') as typeof import('./threads/protocol');
  publishOptions(options);
}

function join(context: AgentContext, runner: () => AgentRunner): () => void {
  const { joinTeam } = require('./threads/member') as typeof import('./threads/member');
  return joinTeam(context, runner);
}

function createContext(options: AgentOptions, { threadId, fromSnapshot, hooks }: Circumstances): AgentContext {
  const speaker = threadId === 0 ? '' : `thread ${threadId}: `;
  const warn = (text: string) => writeLine(fs, speaker + text);
  return {
    options,
    hooks,
    workerId: readWorkerId(),
    launcher: nameLauncher(process.argv[1] ?? ''),
    threadId,
    fromSnapshot,
    units: new UnitCounter(),
    experiences: { last: null },
    boot: { ms: null },
    warn,
    tell: options.quiet ? () => {} : warn,
  };
}

/** A thread that follows the main thread's agent has nothing to say that the main thread has not said. */
function announce(context: AgentContext, presence: PresenceFile | null, { isMember }: Circumstances): void {
  if (isMember) return;
  const unknown = findUnknownVariables(process.env);
  if (unknown.length > 0) {
    const known = Object.values(OPTIONS).map((spec) => spec.env);
    context.warn(`${unknown.join(', ')}: no such option, ignored. Known variables: ${known.join(', ')}`);
  }
  const { permission } = process as { permission?: object };
  if (permission) warnOfPermissions(context);
  try {
    presence?.create();
  } catch (error) {
    context.warn(describeFailure(error));
    return;
  }
  context.tell(describeReady(context.options));
  if (presence) setTimeout(() => cleanUp(context), CLEAN_UP_AFTER_MS).unref();
}

/** Removes what dead agents have left. In a service only: a command that ends at once has better things to do. */
function cleanUp({ options }: AgentContext): void {
  const { removeLeftOvers } = require('./left-overs') as typeof import('./left-overs');
  void removeLeftOvers(options.dir);
}

function warnOfConflicts(context: AgentContext, signal: NodeJS.Signals): void {
  const { describeConflicts, readSurroundings } = require('./signal-conflicts') as typeof import('./signal-conflicts');
  for (const line of describeConflicts(signal, readSurroundings(signal))) context.warn(line);
}

/** Says at install what would fail at the first signal. */
function warnOfPermissions(context: AgentContext): void {
  const { describeMissing } = require('./permission-model') as typeof import('./permission-model');
  const line = describeMissing(context.options.dir);
  if (line) context.warn(line);
}
