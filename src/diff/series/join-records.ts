/** The records of several sessions as if they were one window, and the work between the captures. */
import type { SessionEnd, SessionRecord } from '../../session';
import type { SeriesCapture } from './series-types';

/** One record from the first capture to the last; null for bare snapshots, or when they are of several processes. */
export function joinRecords(captures: readonly SeriesCapture[]): SessionRecord | null {
  const sessions = captures.flatMap(({ session }) => (session ? [session] : []));
  const first = captures[0]!.session;
  const last = captures.at(-1)!.session;
  if (!first || !last || !isOneProcess(captures)) return null;
  const records = [...new Set(sessions.map(({ record }) => record))];
  // What captures in between left behind is in the growth of RSS: without the first reading nobody builds on it.
  const { rssAfterCapture: _, ...before } = first.end;
  return {
    ...last.record,
    before,
    after: last.end,
    floor: records.flatMap(({ floor }) => floor).sort((a, b) => a.monotonic - b.monotonic),
    skipped: records.flatMap(({ skipped }) => skipped),
  };
}

/** Units of work done until each capture; null where unknown. All null when captures are of several processes. */
export function unitsAt(captures: readonly SeriesCapture[]): (number | null)[] {
  const isKnown = isOneProcess(captures);
  return captures.map(({ session }) => (session && isKnown ? sumUnits(session.end) : null));
}

/** Units between each two captures; null unless there was work in every step. */
export function workBetween(units: readonly (number | null)[]): number[] | null {
  const steps = units.slice(1).map((at, index) => (at ?? Number.NaN) - (units[index] ?? Number.NaN));
  return steps.every((done) => done > 0) ? steps : null;
}

function isOneProcess(captures: readonly SeriesCapture[]): boolean {
  const sessions = captures.flatMap(({ session }) => (session ? [session] : []));
  const inOrder = sessions.every(({ end }, at) => at === 0 || end.wallClock >= sessions[at - 1]!.end.wallClock);
  return inOrder && new Set(sessions.map(({ record }) => `${record.app} ${record.pid}`)).size === 1;
}

function sumUnits({ units }: SessionEnd): number {
  return Object.values(units).reduce((sum, count) => sum + count, 0);
}
