/**
 * The threads of this process, as the main thread's agent sees them: which of them have an agent, and how they take
 * part in its sessions, one after the other so that only one of them stands still.
 */
import type { RequestedMode } from '../../session';
import type { AgentContext } from '../context';
import { removeLeftOvers } from '../left-overs';
import { type Answer, includesThread, type Order, openChannel, watchThreads } from './protocol';

/** A thread that has not begun by then is busy with something that does not end, and is left out. Milliseconds. */
const PATIENCE = 10_000;

export class ThreadTeam {
  readonly #context: AgentContext;
  readonly #channel = openChannel<Answer>((answer) => this.#receive(answer));
  readonly #stopWatching = watchThreads((thread) => this.#receive({ type: 'gone', thread }));
  readonly #threads = new Set<number>();
  /** Those whose window this session has opened. */
  #open: number[] = [];
  /** The removal of what an ended thread has left: the lock, for one, without which nobody captures. */
  #cleaning: Promise<void> = Promise.resolve();
  #listener: (answer: Answer) => void = () => {};

  constructor(context: AgentContext) {
    this.#context = context;
    this.#post({ type: 'who' });
  }

  /** Ids of the threads that have an agent, in order. */
  get threads(): number[] {
    return [...this.#threads].sort((one, other) => one - other);
  }

  /** Has every thread that the option `threads` names open a window. Never rejects: a thread that cannot is named. */
  async open(mode: RequestedMode): Promise<void> {
    this.#open = [];
    const { threads } = this.#context.options;
    for (const thread of this.threads) {
      if (!includesThread(threads, thread)) continue;
      const isOpen = await this.#order(thread, (until) => ({ type: 'open', thread, until, mode }));
      if (isOpen) this.#open.push(thread);
    }
    if (Array.isArray(threads)) this.#warnOfMissing(threads);
  }

  /** Has them close their windows. Never rejects. */
  async close(): Promise<void> {
    for (const thread of this.#open) await this.#order(thread, (until) => ({ type: 'close', thread, until }));
    this.#open = [];
    await this.#cleaning;
  }

  /** Sends every agent away and leaves. */
  leave(): void {
    this.#post({ type: 'leave' });
    this.#stopWatching();
    this.#channel.close();
  }

  /** Resolves to whether the thread has carried the order out. */
  async #order(thread: number, make: (until: number) => Order): Promise<boolean> {
    await this.#cleaning;
    if (!this.#threads.has(thread)) return this.#giveUp(thread, 'it has ended');
    return new Promise((resolve) => {
      const settle = (isDone: boolean) => {
        clearTimeout(timer);
        this.#listener = () => {};
        resolve(isDone);
      };
      const timer = setTimeout(
        () => settle(this.#giveUp(thread, `it has not answered for ${PATIENCE / 1000} s`)),
        PATIENCE,
      ).unref();
      this.#listener = (answer) => {
        if (answer.thread !== thread) return;
        if (answer.type === 'begun') clearTimeout(timer);
        else if (answer.type === 'done') settle(true);
        else if (answer.type === 'failed') settle(this.#giveUp(thread, answer.reason));
        else if (answer.type === 'gone') settle(this.#giveUp(thread, 'it ended meanwhile'));
      };
      this.#post(make(Date.now() + PATIENCE));
    });
  }

  #giveUp(thread: number, reason: string): false {
    this.#context.warn(`thread ${thread} is not part of the session: ${reason}`);
    return false;
  }

  #warnOfMissing(threads: readonly number[]): void {
    const missing = threads.filter((thread) => !this.#threads.has(thread));
    if (missing.length === 0) return;
    const known = this.threads.join(', ') || 'none';
    this.#context.warn(`no agent in thread ${missing.join(', ')} (threads that have one: ${known})`);
  }

  #receive(answer: Answer): void {
    if (answer.type === 'here') this.#threads.add(answer.thread);
    else if (answer.type === 'gone' && this.#threads.delete(answer.thread)) this.#cleanUp(answer.thread);
    this.#listener(answer);
  }

  #cleanUp(thread: number): void {
    this.#cleaning = removeLeftOvers(this.#context.options.dir, thread);
  }

  #post(order: Order): void {
    this.#channel.postMessage(order);
  }
}
