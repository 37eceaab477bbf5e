/**
 * Around each pause: no other process of the directory pauses meanwhile, and the application has been told.
 */
import { CaptureLock } from './capture-lock';
import type { AgentContext } from './context';
import { type HookContext, withHooks } from './hooks';
import { describeWaiting } from './messages';

/** Longer than several workers, one after the other, need for the largest heaps. */
const LONGEST_WAIT_MS = 10 * 60_000;

/** Throws what `body` throws, and CAPTURE_FAILED when other captures take too long. */
export async function runPause<Result>(
  { options, hooks, tell, warn }: AgentContext,
  context: HookContext,
  body: () => Promise<Result>,
): Promise<Result> {
  const onWait = ({ pid }: { pid: number }) => tell(describeWaiting(pid));
  const lock = await CaptureLock.acquire(options.dir, { onWait, longestWait: LONGEST_WAIT_MS });
  try {
    return await withHooks({ hooks, timeoutMs: options.hookTimeoutMs, warn }, context, body);
  } finally {
    lock.release();
  }
}
