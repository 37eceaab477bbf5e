/**
 * Programs that only start others. With NODE_OPTIONS they have the agent as well, and a signal that reaches them was
 * meant for what they have started: npm passes SIGUSR2 on to nobody.
 */
import { catchesSignal, listDescendants, readRss } from '../processes';
import type { WorkerProcess } from './primary';

/** The processes below this one that have a handler for the signal. */
export function listStarted(signal: NodeJS.Signals): WorkerProcess[] {
  return listDescendants(process.pid)
    .filter((pid) => catchesSignal(pid, signal) === true)
    .map((pid) => ({ id: null, pid, listening: true, rss: readRss(pid) ?? 0 }));
}
