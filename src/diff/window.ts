import type { SessionRecord } from '../session';
import type { WindowFacts } from './types';

/** What a reader wants to know of a session's window, out of its record. */
export function describeWindow(record: SessionRecord): WindowFacts {
  const { before, after } = record;
  return {
    app: record.app,
    pid: record.pid,
    workerId: record.workerId,
    runMode: record.runMode.kind,
    captureMode: record.captureMode,
    seconds: (after.monotonic - before.monotonic) / 1000,
    units: unitsInWindow(record),
    pauseMs: [before.pauseMs, after.pauseMs],
    floor: record.floor.map(({ bytes }) => bytes),
    skipped: record.skipped,
  };
}

/** Units of work done between the two ends, by name. */
export function unitsInWindow({ before, after }: SessionRecord): Record<string, number> {
  const done: Record<string, number> = {};
  for (const [name, count] of Object.entries(after.units)) done[name] = count - (before.units[name] ?? 0);
  return done;
}
