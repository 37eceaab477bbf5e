/**
 * The application's own steps around each pause: take itself out of rotation before, and come back after.
 */
import { HeapdiffError } from '../errors';

/** What a hook is told about the pause. */
export interface HookContext {
  /** Which snapshot: `before` opens the window, `after` closes it. */
  readonly end: 'before' | 'after';
  /** What asked for it. */
  readonly reason: 'signal' | 'call' | 'limit' | 'near-limit' | 'recycled';
}

/** What it returns is awaited, `hookTimeoutMs` at most. A hook that fails is told on stderr; the capture goes on. */
export type CaptureHook = (context: HookContext) => unknown;

export interface CaptureHooks {
  readonly beforeCapture?: CaptureHook | undefined;
  readonly afterCapture?: CaptureHook | undefined;
}

/** Throws OPTION_INVALID for what is no function. */
export function checkHooks(hooks: CaptureHooks): void {
  for (const [name, hook] of Object.entries(hooks)) {
    if (hook === undefined || typeof hook === 'function') continue;
    const details = { option: name, value: String(hook), expected: 'a function', name, env: 'the code' };
    throw new HeapdiffError('OPTION_INVALID', details);
  }
}

export interface HookSurroundings {
  readonly hooks: CaptureHooks;
  readonly timeoutMs: number;
  readonly warn: (text: string) => void;
}

/** Runs `pause` between the two hooks; `afterCapture` follows whatever becomes of it. Throws only what `pause` throws. */
export async function withHooks<Result>(
  { hooks, timeoutMs, warn }: HookSurroundings,
  context: HookContext,
  pause: () => Promise<Result>,
): Promise<Result> {
  const run = async (name: keyof CaptureHooks) => {
    const fault = await runHook(hooks[name], context, timeoutMs);
    if (fault) warn(`${name} ${fault}; the capture goes on`);
  };
  await run('beforeCapture');
  try {
    return await pause();
  } finally {
    await run('afterCapture');
  }
}

/** Completes the sentence "beforeCapture …"; null when all went well. */
async function runHook(hook: CaptureHook | undefined, context: HookContext, timeoutMs: number): Promise<string | null> {
  if (!hook) return null;
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<string>((resolve) => {
    timer = setTimeout(() => resolve(`did not settle within ${timeoutMs} ms`), timeoutMs).unref();
  });
  try {
    return await Promise.race([timeout, Promise.resolve(hook(context)).then(() => null)]);
  } catch (error) {
    return `failed: ${error instanceof Error ? error.message : String(error)}`;
  } finally {
    clearTimeout(timer);
  }
}
