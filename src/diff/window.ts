import type { SessionRecord } from '../session';
import type { UnitGrowth, WindowFacts } from './types';

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

/** Growth per unit of work, by the unit that was done most often; null when none was counted. */
export function growthPerUnit(totalBytes: number, record: SessionRecord): UnitGrowth | null {
  const done = Object.entries(unitsInWindow(record)).sort((a, b) => b[1] - a[1]);
  const most = done[0];
  if (!most || most[1] <= 0) return null;
  return { unit: most[0], count: most[1], bytes: Math.round(totalBytes / most[1]) };
}
