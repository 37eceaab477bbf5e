/**
 * The snapshot of a worker that leaves: taken where it costs nothing that anybody was promised, for nobody has asked
 * for it. It does not wait for another process that captures, and takes at most half of the time that is left.
 */
import { CaptureLock } from './capture-lock';
import type { AgentContext } from './context';
import { type CapturePlan, planCapture } from './preflight/preflight';
import type { OpenWindow } from './window';

/** The other half is for the flush hooks, the files, and a prediction that is too low. */
const SHARE_OF_TIME = 0.5;

export class LastSnapshot {
  /** Why there is none, as a clause, where the preflight does not say it. */
  why: string | null = null;
  readonly #context: AgentContext;
  readonly #deadline: number;
  #lock: CaptureLock | null = null;

  /** `context.options.mode`: what sessions of this process may be. `deadline`: on the clock of `performance.now()`. */
  constructor(context: AgentContext, deadline: number) {
    this.#context = context;
    this.#deadline = deadline;
  }

  /** Null: none can be. Throws DIRECTORY_UNUSABLE. */
  async plan({ folder, inspector }: Pick<OpenWindow, 'folder' | 'inspector'>): Promise<CapturePlan | null> {
    const { options, experiences } = this.#context;
    if (options.mode === 'profile') return null;
    this.#lock = CaptureLock.tryAcquire(options.dir);
    if (!this.#lock) {
      this.why = 'another process was capturing, and a worker that leaves does not wait';
      return null;
    }
    const limit = limitPause(this.#deadline - performance.now(), options.maxPauseMs);
    // Force is for captures that were asked for.
    const rules = { mode: options.mode, first: 'profile', force: false, ...limit } as const;
    return planCapture({ folder, inspector, experiences, ...rules });
  }

  /** When its pause is over; again does nothing, for the lock may be another's by then. Never throws. */
  release(): void {
    this.#lock?.release();
    this.#lock = null;
  }
}

/** `leftMs`: until the worker ends. `maxPauseMs` is never 0, which would be no limit. */
export function limitPause(leftMs: number, maxPauseMs: number): { maxPauseMs: number; pauseLimit?: string } {
  const share = Math.max(1, Math.floor(SHARE_OF_TIME * leftMs));
  if (maxPauseMs > 0 && maxPauseMs <= share) return { maxPauseMs };
  return { maxPauseMs: share, pauseLimit: 'half of what was left of timeoutMs' };
}
