/**
 * What a worker knows of its growth when it is recycled: a window of its own, begun without a snapshot, that is open
 * for all of its working life. Recycling hides leaks; the sessions that workers leave show them.
 */
import { closeWindow } from './close-window';
import type { AgentContext } from './context';
import { flushWindow } from './flush-window';
import { LastSnapshot } from './last-snapshot';
import { describeFailure } from './messages';
import { createSessionFolder } from './session-folder';
import { type OpenWindow, openWindow, releaseWindow } from './window';

/** Mean bytes between two samples, at least: the window is open for hours, and its worker is to keep its speed. */
const LEAST_INTERVAL = 512 * 1024;

export class Evidence {
  readonly #context: AgentContext;
  /** As its user has it: what sessions may be. */
  readonly #given: AgentContext;
  /** Null while none is open; resolves to null when none could be opened. */
  #window: Promise<OpenWindow | null> | null = null;
  #over = false;

  constructor(context: AgentContext) {
    const { options } = context;
    this.#given = context;
    const samplingInterval = Math.max(options.samplingInterval, LEAST_INTERVAL);
    this.#context = { ...context, options: { ...options, mode: 'profile', samplingInterval }, tell: () => {} };
  }

  /** Resolves when the window is open. Never rejects: what prevents it is told on stderr. */
  async open(): Promise<void> {
    if (this.#over) return;
    // The folder is made when there is something to write.
    this.#window ??= openWindow(this.#context, '', 'call').catch((error) => {
      this.#context.warn(`no evidence will be left: ${describeFailure(error)}`);
      return null;
    });
    await this.#window;
  }

  /** Gives the window up for good: the agent is being removed. */
  end(): void {
    this.#over = true;
    void this.giveUp();
  }

  /** Gives the window up, since V8 has one sampler only and a session of the signal's needs it. */
  async giveUp(): Promise<void> {
    const window = await this.#takeWindow();
    if (window) releaseWindow(window);
  }

  /**
   * Closes the window for good; resolves to the session's folder, null when none was open. `deadline`: when the worker
   * ends, on the clock of `performance.now()`. Throws HeapdiffError.
   */
  async leave(reason: string, deadline: number): Promise<string | null> {
    this.#over = true;
    const opened = await this.#takeWindow();
    if (!opened) return null;
    const { dir, app } = this.#context.options;
    const folder = createSessionFolder(dir, app, 1);
    const window = { ...opened, folder };
    const cause = { closedBy: 'recycled', recycled: reason } as const;
    const last = new LastSnapshot(this.#given, deadline);
    try {
      await closeWindow(this.#context, window, { ...cause, last, ignoredSignals: () => 0 });
    } catch (error) {
      // The snapshot is an addition: its failure does not cost what else there is.
      if (!flushWindow(this.#context, window, describeFailure(error), 0, cause)) throw error;
      this.#context.warn(`evidence is not complete: ${describeFailure(error)}`);
    } finally {
      last.release();
    }
    return folder;
  }

  async #takeWindow(): Promise<OpenWindow | null> {
    const window = this.#window;
    this.#window = null;
    return window;
  }
}
