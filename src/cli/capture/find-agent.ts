/** Which process is to be captured, and whether it may be signalled: without an agent the signal would kill it. */
import fs from 'node:fs';
import path from 'node:path';
import { HeapdiffError } from '../../errors';
import { AGENTS_FOLDER, type AgentPresence, listAgents } from '../../presence';
import { catchesSignal, exists, listAncestors, readVariable } from '../../processes';
import { resolveAgentsFolder } from '../agents-folder';

export interface FoundAgent {
  readonly agent: AgentPresence;
  /** Where it writes to. */
  readonly dir: string;
}

/**
 * The agent of process `pid`. `dir` is what --dir says.
 * Throws NO_SUCH_PROCESS, NO_AGENT, SIGNAL_REFUSED or FILE_UNREADABLE.
 */
export function findAgentOf(pid: number, dir: string | undefined): FoundAgent {
  if (!exists(pid)) throw new HeapdiffError('NO_SUCH_PROCESS', { pid });
  assertAllowed(pid);
  const folder = resolveAgentsFolder(dir, readVariable(pid, 'HEAPDIFF_DIR'));
  const agents = readAgents(folder);
  const agent = agents.find((candidate) => candidate.pid === pid);
  if (!agent) throw describeMissing(pid, folder, agents);
  assertReachable(agent);
  return { agent, dir: folder };
}

/** The agents that could be meant where no pid is given: not this process, not those it was started by, and none that only starts others (npm). */
export function findCandidates(dir: string | undefined): FoundAgent[] {
  const folder = resolveAgentsFolder(dir);
  const own = new Set([process.pid, ...listAncestors(process.pid)]);
  return readAgents(folder)
    .filter(({ pid, launcher }) => !own.has(pid) && !launcher)
    .map((agent) => ({ agent, dir: folder }));
}

/** Throws NO_AGENT or SIGNAL_REFUSED when the agent could not be asked for a session. */
export function assertReachable({ pid, signal }: AgentPresence): void {
  if (signal === 'none') {
    throw new HeapdiffError('NO_AGENT', {
      pid,
      reason: 'its agent listens to no signal (option signal: none)',
      todo: 'Only its own start() and capture() open and close a window.',
    });
  }
  if (catchesSignal(pid, signal as NodeJS.Signals) === false) {
    throw new HeapdiffError('NO_AGENT', {
      pid,
      reason: `it has no handler for ${signal}, which would kill it`,
      todo: 'The agent was removed from it, or its listener was: install it again.',
    });
  }
  assertAllowed(pid);
}

function assertAllowed(pid: number): void {
  try {
    process.kill(pid, 0);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === 'EPERM') throw new HeapdiffError('SIGNAL_REFUSED', { pid }, cause);
    throw new HeapdiffError('NO_SUCH_PROCESS', { pid }, cause);
  }
}

/** Throws FILE_UNREADABLE where `listAgents` would see nothing for want of permission. */
function readAgents(dir: string): AgentPresence[] {
  const folder = path.join(dir, AGENTS_FOLDER);
  try {
    fs.readdirSync(folder);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === 'EACCES') {
      throw new HeapdiffError('FILE_UNREADABLE', { file: folder, reason: 'it belongs to another user' }, cause);
    }
  }
  return listAgents(dir);
}

/** A shell or npm in front of the service is what `kill` most often hits by mistake. */
function describeMissing(pid: number, dir: string, agents: readonly AgentPresence[]): HeapdiffError {
  const below = agents.filter((agent) => listAncestors(agent.pid).includes(pid)).map((agent) => agent.pid);
  const todo =
    below.length > 0
      ? `It has started ${below.join(', ')}, which ${below.length === 1 ? 'has' : 'have'} the agent: heapdiff capture ${below[0]}`
      : 'heapdiff ps lists the processes that have it; start one with: node --require heapdiff/register app.js';
  return new HeapdiffError('NO_AGENT', { pid, reason: `none of the agents in ${dir} is its own`, todo });
}
