import { BroadcastChannel } from 'node:worker_threads';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { AgentContext } from '../../../src/agent/context';
import { readOptions } from '../../../src/agent/options';
import { type Answer, CHANNEL, type Order } from '../../../src/agent/threads/protocol';
import { ThreadTeam } from '../../../src/agent/threads/team';

/** A thread of which only the messages are there; `onOrder` says what it answers. */
class StandIn {
  readonly orders: Order[] = [];
  readonly #channel = new BroadcastChannel(CHANNEL);
  #waiting: (() => void)[] = [];

  constructor(thread: number, onOrder: (order: Order) => Answer[]) {
    const answersTo = (order: Order): Answer[] => {
      if (order.type === 'who') return [{ type: 'here', thread }];
      return 'thread' in order && order.thread === thread ? onOrder(order) : [];
    };
    this.#channel.onmessage = (event) => {
      const order = (event as { data: Order }).data;
      this.orders.push(order);
      for (const answer of answersTo(order)) this.#channel.postMessage(answer);
      for (const wake of this.#waiting.splice(0)) wake();
    };
  }

  async received(type: Order['type']): Promise<void> {
    while (!this.orders.some((order) => order.type === type)) {
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }

  say(answer: Answer): void {
    this.#channel.postMessage(answer);
  }

  close(): void {
    this.#channel.close();
  }
}

let warnings: string[];
const threads: StandIn[] = [];
beforeEach(() => {
  warnings = [];
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});
afterEach(() => {
  vi.useRealTimers();
  for (const thread of threads.splice(0)) thread.close();
});

function addThread(thread: number, onOrder: (order: Order) => Answer[]): StandIn {
  const standIn = new StandIn(thread, onOrder);
  threads.push(standIn);
  return standIn;
}

/** A team that knows all threads added so far. */
async function makeTeam(): Promise<ThreadTeam> {
  const context = {
    options: readOptions({ threads: true, dir: '/nowhere/at/all' }, {}),
    warn: (text: string) => warnings.push(text),
  };
  const team = new ThreadTeam(context as unknown as AgentContext);
  while (team.threads.length < threads.length) await new Promise((resolve) => setImmediate(resolve));
  return team;
}

/** The threads that were asked to open a window, as one of them has heard it. */
function openedThreads({ orders }: StandIn): number[] {
  return orders.flatMap((order) => (order.type === 'open' ? [order.thread] : []));
}

it('leaves out a thread that does not answer, after some seconds, and asks the next one', async () => {
  const deaf = addThread(1, () => []);
  const ready = addThread(2, () => [
    { type: 'begun', thread: 2 },
    { type: 'done', thread: 2 },
  ]);
  const team = await makeTeam();
  const opened = team.open('profile');
  await deaf.received('open');
  expect(
    ready.orders.filter(({ type }) => type === 'open').map((order) => 'thread' in order && order.thread),
  ).not.toContain(2);
  vi.advanceTimersByTime(10_000);
  await opened;
  expect(warnings).toEqual(['thread 1 is not part of the session: it has not answered for 10 s']);
  await team.close();
  expect(openedThreads(ready)).toEqual([1, 2]);
  expect(ready.orders.at(-1)).toMatchObject({ type: 'close', thread: 2 });
  team.leave();
});

it('waits as long as it takes for a thread that has begun', async () => {
  const slow = addThread(1, () => [{ type: 'begun', thread: 1 }]);
  const team = await makeTeam();
  const opened = team.open('profile');
  await slow.received('open');
  // Both answers come from one sender, so the second tells that the first has been heard.
  slow.say({ type: 'here', thread: 7 });
  while (!team.threads.includes(7)) await new Promise((resolve) => setImmediate(resolve));
  vi.advanceTimersByTime(3_600_000);
  slow.say({ type: 'gone', thread: 7 });
  slow.say({ type: 'done', thread: 1 });
  await opened;
  expect(warnings).toEqual([]);
  team.leave();
});

it('names the reason of a thread that could not', async () => {
  addThread(1, () => [
    { type: 'begun', thread: 1 },
    { type: 'failed', thread: 1, reason: 'no room on the disk.' },
  ]);
  const team = await makeTeam();
  await team.open('profile');
  await team.close();
  expect(warnings).toEqual(['thread 1 is not part of the session: no room on the disk.']);
  expect(threads[0]!.orders.map(({ type }) => type)).not.toContain('close');
  team.leave();
});
