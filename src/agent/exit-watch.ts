/**
 * Notices that the process ends while a session is being written. Listeners exist only meanwhile, so that a process that
 * is not being watched dies exactly as it would without the agent.
 */
import { constants } from 'node:os';
import type { Phase } from './machine';

/** Signals that end a process which does not catch them, and give it no chance to say goodbye. */
const ENDING_SIGNALS = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;

export interface ExitHandlers {
  /** The process was told to end; it may live on for a while, or for good. */
  readonly onInterrupt: (reason: string) => void;
  /** The process ends with this turn. */
  readonly onExit: (reason: string) => void;
}

export class ExitWatch {
  readonly #handlers: ExitHandlers;
  #watching = false;
  #listening = false;
  #uncaught: string | null = null;

  constructor(handlers: ExitHandlers) {
    this.#handlers = handlers;
  }

  /**
   * Watches what the phase needs. Signals only while tracking: in a phase that runs they kill as ever, and what it has
   * written so far is removed by the next agent.
   */
  follow(phase: Phase): void {
    this.#watchExit(phase !== 'idle' && phase !== 'uninstalled');
    this.#listen(phase === 'tracking');
  }

  #watchExit(wanted: boolean): void {
    if (wanted === this.#watching) return;
    this.#watching = wanted;
    if (wanted) {
      process.on('exit', this.#onExit);
      process.on('uncaughtExceptionMonitor', this.#onUncaught);
    } else {
      process.off('exit', this.#onExit);
      process.off('uncaughtExceptionMonitor', this.#onUncaught);
    }
  }

  /** First in line, and gone before the others are called: some look who else is listening before they act. */
  #listen(wanted: boolean): void {
    if (wanted === this.#listening) return;
    this.#listening = wanted;
    for (const signal of ENDING_SIGNALS) {
      if (wanted) process.prependListener(signal, this.#onSignal);
      else process.off(signal, this.#onSignal);
    }
  }

  readonly #onExit = (code: number): void => {
    this.#handlers.onExit(this.#uncaught ?? `the process ended with exit status ${code}`);
  };

  readonly #onUncaught = (error: unknown): void => {
    this.#uncaught = `the process ended by an uncaught ${error instanceof Error ? error.name : 'exception'}`;
    // Still there in the next turn: the application has caught it after all.
    setImmediate(() => {
      this.#uncaught = null;
    }).unref();
  };

  readonly #onSignal = (signal: NodeJS.Signals): void => {
    this.#listen(false);
    this.#handlers.onInterrupt(`the process was told to end by ${signal}`);
    // Nobody else catches it: without the listener it would have killed, so it does.
    if (process.listenerCount(signal) === 0) process.kill(process.pid, constants.signals[signal]);
  };
}
