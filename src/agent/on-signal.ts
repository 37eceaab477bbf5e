/**
 * What a signal does in this process: it opens or closes a window, but at a cluster primary, and at a launcher such as
 * npm, it is explained or passed on.
 */
import type { AgentContext } from './context';
import type { AgentRunner } from './runner';

export interface SignalReceiver {
  readonly context: AgentContext;
  readonly runner: () => AgentRunner;
  /** Says on stderr and in the presence file why a signal comes to nothing. */
  readonly refuse: (error: unknown) => void;
}

/** The listener never throws. */
export function createSignalListener({ context, runner, refuse }: SignalReceiver): () => void {
  const { options, launcher } = context;
  /** The worker that got a first signal through this process and not yet its second. */
  let openAt: number | null = null;
  /** Listeners when all others were named; the agent's own comes next. */
  let named = process.listenerCount(options.signal) + 1;
  const receive = () => {
    if (options.signal === 'none') return;
    const listeners = process.listenerCount(options.signal);
    if (listeners > named) context.warn(describeLateListeners(options.signal, listeners - named));
    named = Math.max(named, listeners);
    const { takeRequest, refuseRequest } = require('./request') as typeof import('./request');
    const request = takeRequest(options.dir);
    const { listStarted } = require('./launcher') as typeof import('./launcher');
    const { listWorkers, decidePrimarySignal } = require('./primary') as typeof import('./primary');
    const capturesItself = options.primary === 'capture';
    const workers = capturesItself ? [] : (launcher ? listStarted : listWorkers)(options.signal);
    if (capturesItself || (workers.length === 0 && !launcher)) {
      runner().signal(request);
      return;
    }
    // Whoever wrote a request waits for this process, not for a worker.
    const { forwardTo, lines } = decidePrimarySignal(
      request ? { ...options, primary: 'explain' } : options,
      workers,
      openAt,
      launcher,
    );
    if (request) throw refuseRequest(lines[0]!, `Capture one of them: ${lines[1]!}.`);
    for (const pid of forwardTo) passOn(pid, options.signal);
    const [target = null] = forwardTo;
    openAt = target === openAt ? null : target;
    for (const line of lines) context.warn(line);
  };
  return () => {
    try {
      receive();
    } catch (error) {
      refuse(error);
    }
  };
}

/** Those that came after install, where they would have been named. */
function describeLateListeners(signal: string, count: number): string {
  const { describeOthers } = require('./signal-conflicts') as typeof import('./signal-conflicts');
  return describeOthers(signal, [`the application has added ${count} listener${count === 1 ? '' : 's'} for it`]);
}

function passOn(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // The worker has died since it was listed.
  }
}
