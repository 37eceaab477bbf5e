/** A worker thread's part: it makes itself known to the main thread's agent and captures itself when asked to. */
import type { AgentContext } from '../context';
import { describeFailure } from '../messages';
import type { AgentRunner } from '../runner';
import { type Answer, type Order, openChannel, watchThreads } from './protocol';

/** Joins the main thread's sessions. Returns how to leave them. */
export function joinTeam({ threadId: thread }: AgentContext, runner: () => AgentRunner): () => void {
  const answer = (message: Answer) => channel.postMessage(message);
  const carryOut = async (work: () => Promise<unknown>) => {
    answer({ type: 'begun', thread });
    try {
      await work();
      answer({ type: 'done', thread });
    } catch (error) {
      answer({ type: 'failed', thread, reason: describeFailure(error) });
    }
  };
  const channel = openChannel<Order | Answer>((order) => {
    if (order.type === 'who') answer({ type: 'here', thread });
    else if (order.type === 'leave') void runner().uninstall();
    else if (order.type !== 'open' && order.type !== 'close') return;
    else if (order.thread !== thread || Date.now() > order.until) return;
    else if (order.type === 'open') void carryOut(() => runner().start(order.mode));
    else void carryOut(() => runner().capture());
  });
  answer({ type: 'here', thread });
  const stopWatching = watchThreads((child) => answer({ type: 'gone', thread: child }));
  return () => {
    stopWatching();
    answer({ type: 'gone', thread });
    channel.close();
  };
}
