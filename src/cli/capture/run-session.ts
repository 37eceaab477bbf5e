/**
 * One session of another process, from the first signal to the complete folder. Each step waits for what the agent says
 * of itself, never for a time; only the window's own length is a time.
 */
import { HeapdiffError } from '../../errors';
import type { AgentPresence } from '../../presence';
import type { FoundAgent } from './find-agent';
import { withdrawRequest, writeRequest } from './request-file';
import { AgentWatcher } from './watch-agent';
import type { WindowEnd } from './window-end';

export interface SessionPlan {
  /** Null: the agent's own. */
  readonly mode: string | null;
  readonly end: WindowEnd;
}

/** What is going on, for the person who waits. */
export type SessionStep =
  | { readonly step: 'opening' | 'closing' }
  | { readonly step: 'open'; readonly elapsedMs: number; readonly units: number | null };

export class CaptureSession {
  readonly #found: FoundAgent;
  readonly #plan: SessionPlan;
  readonly #tell: (step: SessionStep) => void;
  readonly #watcher: AgentWatcher;
  #interrupted = false;
  #isOpen = false;

  /** `found.agent` as it was read last: what it says now is what changes are told from. */
  constructor(found: FoundAgent, plan: SessionPlan, tell: (step: SessionStep) => void) {
    this.#found = found;
    this.#plan = plan;
    this.#tell = tell;
    this.#watcher = new AgentWatcher(found.dir, found.agent);
  }

  /** Whether the process has a window open that this session opened. */
  get isOpen(): boolean {
    return this.#isOpen;
  }

  /**
   * Resolves to the folder of the complete session; null when it was interrupted before a window was open.
   * Throws AGENT_GONE, AGENT_FAILED, SIGNAL_REFUSED or REQUEST_UNWRITABLE.
   */
  async run(): Promise<string | null> {
    try {
      const session = await this.#open();
      if (session === null) return null;
      const isDue = await this.#waitForEnd(session);
      return await this.#close(session, isDue);
    } finally {
      withdrawRequest(this.#found.dir, this.#found.agent.pid);
      this.#watcher.close();
    }
  }

  /** Closes the window now; `run` resolves when that is done. */
  interrupt(): void {
    this.#interrupted = true;
    this.#watcher.wake();
  }

  /** Resolves to the session's number, null when it was interrupted before the agent had taken the request. */
  async #open(): Promise<number | null> {
    const { agent } = this.#found;
    const { mode, end } = this.#plan;
    this.#tell({ step: 'opening' });
    this.#send({ action: 'open', mode, followUnits: end.afterUnits !== null });
    let withdrawn = false;
    const opened = await this.#watcher.until((presence) => {
      const failure = this.#findFailure(presence);
      if (failure && withdrawn && failure.code === 'REQUEST_REFUSED') return { session: null };
      if (failure) throw toError(presence.pid, failure);
      if (presence.sessions > agent.sessions && presence.state !== 'starting') return { session: presence.sessions };
      if (this.#interrupted && !withdrawn && presence.sessions === agent.sessions) {
        // The signal is on its way and cannot be called back; what it finds can be exchanged for what it must not do.
        writeRequest(this.#found.dir, agent.pid, { action: 'close', mode: null, followUnits: false });
        withdrawn = true;
      }
      return null;
    });
    return opened.session;
  }

  /** Resolves to whether the window is still open, and due. */
  async #waitForEnd(session: number): Promise<boolean> {
    const { afterMs, afterUnits } = this.#plan.end;
    const begin = performance.now();
    const timer = setTimeout(() => this.#watcher.wake(), afterMs ?? 0);
    this.#isOpen = true;
    const ask = ({ sessions, state, units }: AgentPresence) => {
      if (sessions !== session || state !== 'tracking') return 'closed';
      const elapsedMs = performance.now() - begin;
      this.#tell({ step: 'open', elapsedMs, units: afterUnits === null ? null : units });
      const enough = afterUnits !== null && units !== null && units >= afterUnits;
      return this.#interrupted || enough || (afterMs !== null && elapsedMs >= afterMs) ? 'due' : null;
    };
    try {
      return (await this.#watcher.until(ask)) === 'due';
    } finally {
      clearTimeout(timer);
    }
  }

  /** Resolves to the session's folder. */
  async #close(session: number, isDue: boolean): Promise<string> {
    this.#tell({ step: 'closing' });
    if (isDue) this.#send({ action: 'close', mode: null, followUnits: false });
    const presence = await this.#watcher.until((now) => (isOver(now, session) ? now : null));
    this.#isOpen = false;
    const { lastSession, pid } = presence;
    const failure = this.#findFailure(presence);
    // It has closed the window by itself while the request was on its way.
    const refused = failure?.code === 'REQUEST_REFUSED';
    if (failure && !refused) throw toError(pid, failure);
    if (lastSession !== null && lastSession !== this.#found.agent.lastSession) return lastSession;
    throw toError(pid, { message: 'the session was not completed.', todo: 'The process says why on its stderr.' });
  }

  /** One that was not there when all this began. */
  #findFailure({ failure }: AgentPresence) {
    return failure && failure.at !== this.#found.agent.failure?.at ? failure : null;
  }

  #send(request: Parameters<typeof writeRequest>[2]): void {
    const { dir, agent } = this.#found;
    writeRequest(dir, agent.pid, request);
    try {
      process.kill(agent.pid, agent.signal);
    } catch (cause) {
      const { pid } = agent;
      if ((cause as NodeJS.ErrnoException).code === 'EPERM') throw new HeapdiffError('SIGNAL_REFUSED', { pid }, cause);
      throw new HeapdiffError('AGENT_GONE', { pid, reason: 'the process has ended' }, cause);
    }
  }
}

function isOver({ state, sessions }: AgentPresence, session: number): boolean {
  return state === 'idle' || sessions !== session;
}

function toError(pid: number, { message, todo }: { message: string; todo: string }): HeapdiffError {
  return new HeapdiffError('AGENT_FAILED', { pid, message, todo });
}
