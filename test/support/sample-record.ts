/** A session's record made by hand. */
import type { FloorSample, MemoryLedger, SessionEnd, SessionRecord } from '../../src/session';

const MB = 1_000_000;

export interface EndPlan {
  rss?: number;
  heapUsed?: number;
  heapTotal?: number;
  external?: number;
  arrayBuffers?: number;
  malloced?: number;
  code?: number;
  physical?: number | null;
  rssAfterCapture?: number;
  units?: Record<string, number>;
  monotonic?: number;
  wallClock?: number;
}

export function makeEnd(plan: EndPlan = {}): SessionEnd {
  const { rss = 80 * MB, heapUsed = 20 * MB, heapTotal = 30 * MB, external = 2 * MB, arrayBuffers = MB } = plan;
  const { malloced = MB / 2, code = MB / 4, physical = heapTotal } = plan;
  const space = { space_available_size: 0, physical_space_size: 0 };
  const memory: MemoryLedger = {
    process: { rss, heapUsed, heapTotal, external, arrayBuffers },
    heap: { malloced_memory: malloced, ...(physical === null ? {} : { total_physical_size: physical }) },
    spaces: [
      { space_name: 'old_space', space_size: heapTotal, space_used_size: heapUsed - code, ...space },
      { space_name: 'code_space', space_size: code, space_used_size: code, ...space },
    ],
    rollup: null,
    cgroup: null,
  };
  const { rssAfterCapture, units = {}, monotonic = 0, wallClock = 1_700_000_000_000 + monotonic } = plan;
  return {
    wallClock,
    monotonic,
    memory,
    units,
    pauseMs: 100,
    ...(rssAfterCapture === undefined ? {} : { rssAfterCapture }),
  };
}

export function makeRecord(before: EndPlan, after: EndPlan, more: Partial<SessionRecord> = {}): SessionRecord {
  return {
    schema: 'heapdiff/session@1',
    ...{
      app: 'shop',
      pid: 4711,
      ppid: 1,
      workerId: null,
      threadId: 0,
      argv: [],
      nodeVersion: 'v20.20.2',
      v8Version: '11.3',
    },
    ...{ runMode: { kind: 'non-preload', detectedBy: 'test' }, captureMode: 'snapshot', idsComparable: false },
    before: makeEnd(before),
    after: makeEnd({ monotonic: 60_000, ...after }),
    ...{ scripts: [], floor: [], skipped: [], ignoredSignals: 0 },
    ...more,
  };
}

/** Readings of the floor, evenly over the window and its work; kilobytes. */
export function makeFloor(kilobytes: readonly number[], unitsEach = 100): FloorSample[] {
  return kilobytes.map((value, at) => ({ monotonic: at * 1_000, bytes: value * 1_000, units: at * unitsEach }));
}
