/** Ctrl-C: leaves at once, unless a command has something to put in order first. */
import { EXIT } from '../errors';

/** A closed terminal and a lost `kubectl exec` are an interruption as well. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

export function leaveInterrupted(): never {
  process.exit(EXIT.interrupted);
}

/** The default, for all commands. */
export function leaveOnInterrupt(): void {
  process.once('SIGINT', leaveInterrupted);
}

/** Runs a task during which the first interruption calls `onInterrupt`, and the second one `onSecond` before it leaves. */
export async function withInterrupts<Result>(
  task: () => Promise<Result>,
  onInterrupt: () => void,
  onSecond: () => void,
): Promise<Result> {
  let interrupted = false;
  const listener = () => {
    if (interrupted) {
      onSecond();
      leaveInterrupted();
    }
    interrupted = true;
    onInterrupt();
  };
  process.off('SIGINT', leaveInterrupted);
  for (const signal of SIGNALS) process.on(signal, listener);
  try {
    return await task();
  } finally {
    for (const signal of SIGNALS) process.off(signal, listener);
    leaveOnInterrupt();
  }
}
