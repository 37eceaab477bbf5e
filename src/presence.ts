/**
 * How processes with the agent are found and asked for a session: `<dir>/.agents/<pid>.json` is written by the agent and
 * tells who it is and what it is doing; `<pid>.request.json` is written by `heapdiff capture` and says what the signal
 * that follows is to do.
 */
import fs from 'node:fs';
import path from 'node:path';
import { isRunning } from './processes';
import type { RequestedMode } from './session';

export const AGENT_SCHEMA = 'heapdiff/agent@1';
export const REQUEST_SCHEMA = 'heapdiff/request@1';

export interface AgentPresence {
  readonly schema: typeof AGENT_SCHEMA;
  readonly pid: number;
  readonly ppid: number;
  readonly workerId: number | null;
  readonly app: string;
  /** The name of the program if it only starts others, as npm does: not what anybody wants captured. */
  readonly launcher: string | null;
  /** A signal's name, or `none`. */
  readonly signal: string;
  readonly mode: RequestedMode;
  readonly state: 'idle' | 'starting' | 'tracking' | 'capturing';
  /** Sessions begun since install. */
  readonly sessions: number;
  /** Absolute path of the last complete session. */
  readonly lastSession: string | null;
  /** Units of work done since the window opened, as of the last change; kept up to date where a request asks for it. */
  readonly units: number | null;
  /** Why the last session or request came to nothing; null after one that began well. */
  readonly failure: AgentFailure | null;
  readonly nodeVersion: string;
  /** Milliseconds since the epoch. */
  readonly installedAt: number;
  /** Kernel ticks from boot to the start of the process, which tells it from a later one with its pid; null: unknown. */
  readonly startTicks: number | null;
  /** Where the pid means something: host and pid namespace. */
  readonly space?: string;
}

export interface AgentFailure {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly code: string;
  /** What happened, and what to do: one sentence each. */
  readonly message: string;
  readonly todo: string;
}

/** Valid for the signal that follows it, and for no other. */
export interface CaptureRequest {
  readonly schema: typeof REQUEST_SCHEMA;
  /** Refused where the agent is not in a state for it: a signal alone would do the opposite. */
  readonly action: 'open' | 'close';
  /** Mode of the session to open; null: the agent's own. */
  readonly mode: string | null;
  /** Whether the presence is to follow the units of work while the window is open. */
  readonly followUnits: boolean;
}

/** Folder below `<dir>` that is the agents' own: one file per running agent, and what else they tell each other. */
export const AGENTS_FOLDER = '.agents';

export function presenceFile(dir: string, pid: number): string {
  return path.join(dir, AGENTS_FOLDER, `${pid}.json`);
}

export function requestFile(dir: string, pid: number): string {
  return path.join(dir, AGENTS_FOLDER, `${pid}.request.json`);
}

/** The agents that run now and write to `dir`, by pid. Files that dead processes left behind are passed over. */
export function listAgents(dir: string): AgentPresence[] {
  const folder = path.join(dir, AGENTS_FOLDER);
  let names: string[];
  try {
    names = fs.readdirSync(folder);
  } catch {
    return [];
  }
  return names
    .filter((name) => /^\d+\.json$/.test(name))
    .map((name) => readPresence(path.join(folder, name)))
    .filter((agent) => agent !== null && isRunning(agent))
    .map((agent) => agent as AgentPresence)
    .sort((one, other) => one.pid - other.pid);
}

/** One presence file; null when it is gone or not one. */
export function readPresence(file: string): AgentPresence | null {
  try {
    const value = JSON.parse(fs.readFileSync(file, 'utf8')) as AgentPresence | null;
    return value?.schema === AGENT_SCHEMA && Number.isInteger(value.pid) ? value : null;
  } catch {
    return null;
  }
}

/** Programs that only start others and pass no signal on. */
const LAUNCHERS = ['npm', 'npx', 'pnpm', 'pnpx', 'yarn', 'yarnpkg', 'corepack', 'nodemon'];

/** The name of the program if it is one of those: `/usr/bin/npm`, `…/npm/bin/npm-cli.js`. */
export function nameLauncher(script: string): string | null {
  const name = path
    .basename(script)
    .replace(/\.c?js$/, '')
    .replace(/-cli$/, '');
  return LAUNCHERS.includes(name) ? name : null;
}
