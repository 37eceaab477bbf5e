/** Follows the presence file of one agent: by the file system's events, and by looking every now and then. */
import fs from 'node:fs';
import path from 'node:path';
import { HeapdiffError } from '../../errors';
import { type AgentPresence, presenceFile, readPresence } from '../../presence';
import { isRunning } from '../../processes';

/** Milliseconds. Also how soon the end of the process is noticed, of which no file tells. */
const POLL = 500;

export class AgentWatcher {
  readonly #agent: AgentPresence;
  readonly #file: string;
  readonly #poll: NodeJS.Timeout;
  #watcher: fs.FSWatcher | null = null;
  #wake: () => void = () => {};

  constructor(dir: string, agent: AgentPresence) {
    this.#agent = agent;
    this.#file = presenceFile(dir, agent.pid);
    this.#poll = setInterval(() => this.wake(), POLL);
    try {
      // The folder, not the file: each change puts a new file in the place of the old one.
      this.#watcher = fs.watch(path.dirname(this.#file), () => this.wake());
      this.#watcher.on('error', () => this.#watcher?.close());
    } catch {
      // No inotify watch is left, or the file system has none: then looking has to do.
    }
  }

  /**
   * Resolves to the first answer of `ask` that is not null; it is asked after every change, and at least twice a second.
   * Throws AGENT_GONE when the process ends or the agent is removed from it, and what `ask` throws.
   */
  async until<Answer>(ask: (presence: AgentPresence) => Answer | null): Promise<Answer> {
    for (;;) {
      const woken = new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
      const answer = ask(this.#read());
      if (answer !== null) return answer;
      await woken;
    }
  }

  /** Has the current question asked again. */
  wake(): void {
    this.#wake();
  }

  close(): void {
    clearInterval(this.#poll);
    this.#watcher?.close();
  }

  #read(): AgentPresence {
    const { pid } = this.#agent;
    const presence = readPresence(this.#file);
    if (!isRunning(this.#agent)) throw new HeapdiffError('AGENT_GONE', { pid, reason: 'the process has ended' });
    if (presence?.installedAt === this.#agent.installedAt) return presence;
    throw new HeapdiffError('AGENT_GONE', { pid, reason: 'the agent was removed from it' });
  }
}
