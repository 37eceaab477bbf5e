/**
 * Carries out what the state machine decides. Completion of an effect is an event again.
 */
import type { AgentFailure, CaptureRequest } from '../presence';
import type { RequestedMode } from '../session';
import type { AgentContext } from './context';
import { ExitWatch } from './exit-watch';
import {
  type ClosedBy,
  type Effect,
  type EventType,
  INITIAL_STATE,
  type MachineState,
  type OpenedBy,
  step,
} from './machine';
import {
  describeCaptured,
  describeFailure,
  describeInterrupted,
  describeKept,
  describeOpened,
  toAgentFailure,
} from './messages';
import type { AgentOptions } from './options';
import { loadPhases } from './phases';
import { describeRefusal } from './refusal';
import type { RunnerHooks } from './runner-hooks';
import { drainSignals } from './turns';
import type { OpenWindow } from './window';

export class AgentRunner {
  readonly #context: AgentContext;
  readonly #hooks: RunnerHooks;
  #state: MachineState = INITIAL_STATE;
  /** Of the session that runs. */
  #folder: string | null = null;
  /** From its opening until its session is complete or given up. */
  #window: OpenWindow | null = null;
  readonly #exitWatch: ExitWatch;
  /** The phase that runs, or the last one. */
  #phase: Promise<unknown> = Promise.resolve();
  /** The context of the session that runs, or of the last one: a request may ask for another mode. */
  #session: AgentContext;
  #followUnits = false;
  /** Why the process ends, or was told to. */
  #interruption = '';
  #unitsAtOpen = 0;
  /** Run while the window is open. */
  #timers: NodeJS.Timeout[] = [];
  #sessions = 0;
  #lastSession: string | null = null;
  #failure: AgentFailure | null = null;

  constructor(context: AgentContext, hooks: RunnerHooks) {
    this.#context = context;
    this.#session = context;
    this.#hooks = hooks;
    this.#exitWatch = new ExitWatch({
      onInterrupt: (reason) => this.#interrupt('interrupted', reason),
      onExit: (reason) => this.#interrupt('exiting', reason),
    });
  }

  get state(): MachineState {
    return this.#state;
  }

  get sessions(): number {
    return this.#sessions;
  }

  get lastSession(): string | null {
    return this.#lastSession;
  }

  /** Folder of the session whose window is open. */
  get openFolder(): string | null {
    return this.#window?.folder ?? null;
  }

  /** Throws REQUEST_REFUSED when the request does not fit what the agent is doing. */
  signal(request: CaptureRequest | null): void {
    const { options } = this.#context;
    this.#prepare(request ? admitRequest(request, this.#state.phase, options) : options, request?.followUnits);
    this.#dispatch('signal');
  }

  /** Opens a window for a heap near its limit; false while the agent is busy with another. */
  openNearLimit(): boolean {
    if (this.#state.phase !== 'idle') return false;
    this.#prepare(this.#context.options);
    this.#dispatch('near-limit');
    return true;
  }

  /** Captures the window that `openNearLimit` has opened, if it is still that one. */
  closeNearLimit(): void {
    if (this.#window?.openedBy === 'near-limit') this.#dispatch('near-limit-over');
  }

  /** Resolves when the window is open. Throws AGENT_STATE, or why it could not be opened. */
  async start(mode: RequestedMode = this.#context.options.mode): Promise<void> {
    this.#prepare({ ...this.#context.options, mode });
    this.#call('start');
    await this.#phase;
  }

  /** Resolves to the session's folder when it is complete. Throws AGENT_STATE, or why it could not be completed. */
  async capture(): Promise<{ folder: string }> {
    this.#call('capture');
    return { folder: (await this.#phase) as string };
  }

  /** Resolves when the agent is gone. A phase that runs is completed first, an open window given up. */
  async uninstall(): Promise<void> {
    this.#dispatch('uninstall');
    while (this.#state.phase !== 'uninstalled') await this.#phase.catch(() => {});
    await this.#phase.catch(() => {});
  }

  /**
   * The process is about to end: keeps what an open window has, completes what is being written. Resolves to the
   * folder of the session that was running, null when there was none.
   */
  async wrapUp(reason: string): Promise<string | null> {
    const last = this.#lastSession;
    while (this.#state.phase === 'starting' || this.#state.phase === 'capturing') await this.#phase.catch(() => {});
    if (this.#state.phase === 'tracking') this.#interrupt('interrupted', reason);
    return this.#lastSession === last ? null : this.#lastSession;
  }

  /** Settles what the next session is like, if this is its beginning. */
  #prepare(options: AgentOptions, followUnits = false): void {
    if (this.#state.phase !== 'idle') return;
    this.#session = { ...this.#context, options };
    this.#followUnits = followUnits;
  }

  #call(call: 'start' | 'capture'): void {
    const effects = this.#dispatch(call);
    if (effects.some((effect) => effect.type === 'refuse')) throw describeRefusal(call, this.#state.phase);
  }

  #interrupt(event: 'interrupted' | 'exiting', reason: string): void {
    this.#interruption = reason;
    this.#dispatch(event);
  }

  #dispatch(event: EventType): readonly Effect[] {
    const [next, effects] = step(this.#state, event);
    const changed = next.phase !== this.#state.phase;
    this.#state = next;
    this.#exitWatch.follow(next.phase);
    for (const effect of effects) this.#carryOut(effect);
    if (changed && next.phase !== 'uninstalled') {
      this.#hooks.changed({
        ...{ state: next.phase, sessions: this.#sessions, lastSession: this.#lastSession },
        ...{ units: this.#countUnits(), failure: this.#failure },
      });
    }
    return effects;
  }

  #carryOut(effect: Effect): void {
    if (effect.type === 'begin') this.#run(this.#begin(effect.openedBy));
    else if (effect.type === 'finish') this.#run(this.#finish(effect.closedBy));
    else if (effect.type === 'arm-limit') this.#armTimers();
    else if (effect.type === 'abandon') this.#run(this.#abandon());
    else if (effect.type === 'flush') this.#flush();
    else if (effect.type === 'discard') this.#discard();
    else if (effect.type === 'detach') this.#hooks.detach();
  }

  /** Whoever called awaits the phase; a phase begun by a signal has nobody to reject to and says so on stderr. */
  #run(phase: Promise<unknown>): void {
    this.#phase = phase;
    phase.catch(() => {});
  }

  async #begin(openedBy: OpenedBy): Promise<void> {
    const { removeLeftOvers, createSessionFolder, openWindow, discardFolder } = loadPhases();
    const { dir, app } = this.#session.options;
    this.#sessions += 1;
    this.#failure = null;
    this.#folder = null;
    void removeLeftOvers(dir);
    try {
      await this.#hooks.opening();
      this.#folder = createSessionFolder(dir, app, this.#sessions);
      this.#window = await openWindow(this.#session, this.#folder, openedBy);
    } catch (error) {
      if (this.#folder) await discardFolder(this.#folder);
      await this.#fail('start-failed', describeFailure(error), error);
      throw error;
    }
    await this.#hooks.team?.open(this.#session.options.mode);
    await drainSignals();
    const ignored = this.#state.ignoredSignals;
    const { mode, before } = this.#window;
    this.#unitsAtOpen = this.#context.units.total();
    this.#dispatch('started');
    if (this.#state.phase !== 'tracking') throw describeRefusal('start', this.#state.phase);
    this.#context.tell(
      describeOpened({ options: { ...this.#session.options, mode }, pauseMs: before.pauseMs, ignored }),
    );
  }

  async #finish(closedBy: ClosedBy): Promise<string> {
    const window = this.#holdWindow();
    try {
      const ignoredSignals = () => this.#state.ignoredSignals;
      const closing = loadPhases().closeWindow(this.#session, window, { closedBy, ignoredSignals });
      // The other threads have windows of their own to close, whatever comes of this one.
      const record = await closing.finally(() => this.#hooks.team?.close());
      const ignored = this.#state.ignoredSignals;
      this.#lastSession = window.folder;
      this.#dispatch('captured');
      const { monotonic, pauseMs } = record.after;
      const windowMs = monotonic - window.openedAt;
      this.#context.tell(
        describeCaptured({ folder: window.folder, windowMs, pauseMs, traceBytes: record.traceCost?.rssBytes, ignored }),
      );
      const { putAway } = require('./put-away') as typeof import('./put-away');
      void putAway(this.#session, window.folder);
      return window.folder;
    } catch (error) {
      const kept = this.#keep(window, error instanceof Error ? error.message : String(error));
      const text = describeFailure(error) + (kept ? ` ${describeKept(window.folder)}` : '');
      await this.#fail('capture-failed', text, error);
      throw error;
    } finally {
      this.#window = null;
    }
  }

  async #fail(event: 'start-failed' | 'capture-failed', text: string, error: unknown): Promise<void> {
    await drainSignals();
    this.#failure = toAgentFailure(error);
    this.#dispatch(event);
    this.#context.warn(text);
  }

  async #abandon(): Promise<void> {
    const window = this.#holdWindow();
    this.#window = null;
    await loadPhases().abandonWindow(window);
  }

  #flush(): void {
    const window = this.#holdWindow();
    const kept = this.#keep(window, this.#interruption);
    this.#window = null;
    this.#context.warn(describeInterrupted(this.#interruption, kept ? window.folder : null));
  }

  #discard(): void {
    if (this.#folder) loadPhases().discardFolderSync(this.#folder);
  }

  /** Whether something of the session is left to read. */
  #keep(window: OpenWindow, reason: string): boolean {
    const kept = loadPhases().flushWindow(this.#session, window, reason, this.#state.ignoredSignals);
    if (kept) this.#lastSession = window.folder;
    return kept;
  }

  /** The window that is being closed; its timers end. */
  #holdWindow(): OpenWindow {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers = [];
    // The machine closes only what it has opened.
    if (!this.#window) throw new Error('no window is open');
    return this.#window;
  }

  #armTimers(): void {
    const { touchEntry, armWindowTimers } = loadPhases();
    const { before } = this.#window!;
    this.#timers = armWindowTimers({
      options: this.#session.options,
      rssAtOpen: before.rssAfterCapture ?? before.memory.process.rss,
      expire: () => this.#dispatch('expired'),
      giveSign: () => touchEntry(this.#folder!),
      followUnits: this.#followUnits ? () => this.#hooks.changed({ units: this.#countUnits() }) : null,
      sampled: this.#session.options.identity ? null : this.#window,
    });
  }

  /** Since the window opened; null when none is open. */
  #countUnits(): number | null {
    return this.#state.phase === 'tracking' ? this.#context.units.total() - this.#unitsAtOpen : null;
  }
}

/** Seldom needed, so loaded when it is. */
function admitRequest(request: CaptureRequest, phase: MachineState['phase'], options: AgentOptions): AgentOptions {
  const requests = require('./request') as typeof import('./request');
  return requests.admitRequest(request, phase, options);
}
