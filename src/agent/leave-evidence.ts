/**
 * `handle.leaveEvidence()`: the last thing a worker does. Whatever happens, it settles in time and never rejects:
 * a worker that is told to leave must not stay because of its profiler.
 */
import type { AgentContext } from './context';
import type { Evidence } from './evidence';
import { describeEvidence, describeFailure } from './messages';
import type { AgentRunner } from './runner';

export interface EvidenceOptions {
  /** Why the worker leaves, for the record: `max-requests`, `refresh`. */
  readonly reason: string;
  /** Milliseconds to wait for flush hooks and files, at most; a snapshot may take half of them. Default: 5000. */
  readonly timeoutMs?: number;
}

/** Writes out what the application holds in buffers. What it returns is awaited. */
export type FlushHook = () => unknown;

interface Parts {
  readonly context: AgentContext;
  readonly evidence: Evidence | null;
  readonly runner: AgentRunner | null;
  readonly flushHooks: ReadonlySet<FlushHook>;
}

const DEFAULT_TIMEOUT_MS = 5000;

/** Resolves to the folder of the session that is complete now, null when there is none. */
export async function leaveEvidence(
  parts: Parts,
  { reason, timeoutMs = DEFAULT_TIMEOUT_MS }: EvidenceOptions,
): Promise<{ folder: string | null }> {
  const { warn, tell, options } = parts.context;
  const deadline = performance.now() + timeoutMs;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => {
      warn(`evidence was not complete after ${timeoutMs} ms; the process may end without it`);
      resolve(null);
    }, timeoutMs);
  });
  const flushed = Promise.all([...parts.flushHooks].map((hook) => runFlushHook(hook, warn)));
  const written = writeEvidence(parts, reason, deadline).catch((error) => {
    warn(`no evidence left: ${describeFailure(error)}`);
    return null;
  });
  const folder = await Promise.race([Promise.all([written, flushed]).then(([left]) => left), late]);
  clearTimeout(timer);
  if (folder) tell(describeEvidence(reason, folder, options.dir));
  return { folder };
}

/** A session that somebody has asked for is worth more than the one that nobody has. */
async function writeEvidence({ evidence, runner }: Parts, reason: string, deadline: number): Promise<string | null> {
  const asked = (await runner?.wrapUp(`the worker was recycled: ${reason}`)) ?? null;
  return asked ?? (await evidence?.leave(reason, deadline)) ?? null;
}

async function runFlushHook(hook: FlushHook, warn: (text: string) => void): Promise<void> {
  try {
    await hook();
  } catch (error) {
    warn(`an onFlush hook failed: ${describeFailure(error)}`);
  }
}
