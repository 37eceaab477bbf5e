/**
 * Who else has to do with the agent's signal, named at install: other listeners of this process run with the agent's,
 * and the programs around it may send the signal for reasons of their own.
 */
import { listAncestors, readArguments } from '../processes';

export interface SignalSurroundings {
  readonly listeners: number;
  /** Node's flags: of the command line and of NODE_OPTIONS. */
  readonly flags: readonly string[];
  /** The signal of --report-on-signal, null when that is off. */
  readonly reportSignal: string | null;
  /** nodemon has started this process. */
  readonly nodemon: boolean;
  /** Pid of pm2's daemon, which has started this process; null: another has. */
  readonly pm2: number | null;
}

/** One line per conflict, each with the way out. */
export function describeConflicts(signal: string, surroundings: SignalSurroundings): string[] {
  const lines: string[] = [];
  const others = listListeners(signal, surroundings);
  if (others.length > 0) lines.push(describeOthers(signal, others));
  if (signal !== 'SIGUSR2') return lines;
  if (surroundings.nodemon) {
    lines.push(`nodemon restarts this process with SIGUSR2, which would open a window here; ${useAnother(signal)}`);
  }
  if (surroundings.pm2 !== null) {
    lines.push(`pm2's daemon, pid ${surroundings.pm2}, has a SIGUSR2 of its own: signal this process, not the daemon`);
  }
  return lines;
}

/** `others`: clauses that each say who else is at the signal. */
export function describeOthers(signal: string, others: readonly string[]): string {
  return `${signal} is not heapdiff's alone: ${others.join('; ')}. All of them run; ${useAnother(signal)}`;
}

function useAnother(signal: string): string {
  return `to use another signal set HEAPDIFF_SIGNAL=${signal === 'SIGURG' ? 'SIGUSR2' : 'SIGURG'}`;
}

/** Reads the process, its environment and the two processes above it: between nodemon and this one may be a shell. */
export function readSurroundings(signal: NodeJS.Signals): SignalSurroundings {
  const above = signal === 'SIGUSR2' ? listAncestors(process.pid).slice(0, 2) : [];
  const listeners = process.listenerCount(signal);
  return {
    listeners,
    flags: [...(process.env.NODE_OPTIONS ?? '').split(/\s+/), ...process.execArgv],
    // Reports are served by a listener too. Only to look at `process.report` makes Node load a good deal.
    reportSignal: listeners > 0 && process.report?.reportOnSignal ? process.report.signal : null,
    nodemon: above.some((pid) => readArguments(pid)?.some((argument) => /(^|\/)nodemon(\.js)?$/.test(argument))),
    pm2: process.env.pm_id === undefined ? null : process.ppid,
  };
}

/** Those at the same signal in this process. Node serves its own flags with listeners. */
function listListeners(signal: string, { listeners, flags, reportSignal }: SignalSurroundings): string[] {
  const others: string[] = [];
  if (readFlag(flags, '--heapsnapshot-signal') === signal) {
    others.push(`--heapsnapshot-signal=${signal} writes a heap snapshot of its own`);
  }
  if (reportSignal === signal) others.push(`--report-on-signal writes a diagnostic report`);
  const unexplained = listeners - others.length;
  if (unexplained > 0) others.push(`the application has ${unexplained} listener${unexplained === 1 ? '' : 's'} for it`);
  return others;
}

/** The last value wins, as in Node; both `--flag=value` and `--flag value`. */
function readFlag(flags: readonly string[], name: string): string | undefined {
  let value: string | undefined;
  flags.forEach((flag, at) => {
    if (flag === name) value = flags[at + 1];
    else if (flag.startsWith(`${name}=`)) value = flag.slice(name.length + 1);
  });
  return value;
}
