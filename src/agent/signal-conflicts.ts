/**
 * Who else listens to the agent's signal. Both would run, so each is named at install.
 */

export interface SignalSurroundings {
  readonly listeners: number;
  /** Node's flags: of the command line and of NODE_OPTIONS. */
  readonly flags: readonly string[];
  /** The signal of --report-on-signal, null when that is off. */
  readonly reportSignal: string | null;
}

/** One line that names every conflict and the way out. */
export function describeConflicts(signal: string, { listeners, flags, reportSignal }: SignalSurroundings): string {
  const others: string[] = [];
  if (readFlag(flags, '--heapsnapshot-signal') === signal) {
    others.push(`--heapsnapshot-signal=${signal} writes a heap snapshot of its own`);
  }
  if (reportSignal === signal) others.push(`--report-on-signal writes a diagnostic report`);
  // Node serves both flags with a listener of its own.
  const unexplained = listeners - others.length;
  if (unexplained > 0) others.push(`the application has ${unexplained} listener${unexplained === 1 ? '' : 's'} for it`);
  const free = signal === 'SIGURG' ? 'SIGUSR2' : 'SIGURG';
  return `${signal} is not heapdiff's alone: ${others.join('; ')}. All of them will run; to use another signal set HEAPDIFF_SIGNAL=${free}`;
}

export function readSurroundings(signal: NodeJS.Signals): SignalSurroundings {
  return {
    listeners: process.listenerCount(signal),
    flags: [...(process.env.NODE_OPTIONS ?? '').split(/\s+/), ...process.execArgv],
    reportSignal: process.report?.reportOnSignal ? process.report.signal : null,
  };
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
